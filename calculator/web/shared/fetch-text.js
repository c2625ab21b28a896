// @ts-check
// Small files as text.

/** Fetch a file's text; rejects with an error whose `reason` is "network" after so many seconds, or sooner. */
export async function fetchText(address, seconds) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), seconds * 1000);
  try {
    const response = await fetch(address, {signal: gone.signal, cache: "no-cache"});
    if (!response.ok) throw new Error(String(response.status));
    return await response.text();
  } catch (error) {
    throw Object.assign(new Error(String(error)), {reason: "network"});
  } finally {
    clearTimeout(timer);
  }
}

const fetched = {}; // texts by address

/** A file's text, fetched once; after a failure the next call tries again. */
export function textOnce(address, seconds) {
  if (!fetched[address]) {
    fetched[address] = fetchText(address, seconds);
    fetched[address].catch(() => delete fetched[address]);
  }
  return fetched[address];
}
