// @ts-check
// Fetching small text files.

/**
 * Fetch a text; rejects with an error of `reason` "network", after so many seconds at the latest.
 *
 * @param {string} address
 * @param {number} seconds
 */
export async function fetchText(address, seconds) {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), seconds * 1000);
  try {
    const response = await fetch(address, {signal: timeout.signal, cache: "no-cache"});
    if (!response.ok) throw new Error(String(response.status));
    return await response.text();
  } catch (error) {
    throw Object.assign(new Error(String(error)), {reason: "network"});
  } finally {
    clearTimeout(timer);
  }
}

/** @type {Record<string, Promise<string>>} */ const texts = {}; // by address

/**
 * Fetch a text once for the whole page; after a failure the next call tries again.
 *
 * @param {string} address
 * @param {number} seconds
 */
export function fetchTextOnce(address, seconds) {
  if (!texts[address]) {
    texts[address] = fetchText(address, seconds);
    texts[address].catch(() => delete texts[address]);
  }
  return texts[address];
}
