// @ts-check
"use strict";
// Downloads for the worker: whole, checked, and taken up again where they broke off.
// Used by importScripts.

/** The file cannot be had. */
class DownloadError extends Error {}

/** Something came, but it is not the file: cut short, damaged, or somebody's log-in page. */
class WrongFileError extends Error {}

const TRIES = 4; // in a row, without one more byte; then somebody has to say that it goes on
const PAUSE_MS = 500; // before the second try; twice as long before each further one

/**
 * Fetch a file that is known beforehand.
 *
 * @param {string} url
 * @param {{bytes: number, packed: number, sha256: string}} file its sizes (as it is, and as it is sent) and its hash
 * @param {{cache: RequestCache, stallSeconds: number, progress: (loaded: number, total: number) => void,
 *   goOn: (error: Error) => Promise<void>}} how
 *   `stallSeconds`: the longest wait for the next piece; `progress` is told bytes as they are sent, with the file's
 *   own total; `goOn` waits, or rejects, when the network is gone
 * @param {(stream: ReadableStream) => Promise<any>} [use] works on the bytes while they arrive
 * @returns {Promise<{bytes: Uint8Array<ArrayBuffer>, used: any}>} what `use` gave, if the bytes were the right ones
 */
async function download(url, file, how, use) {
  let {cache} = how;
  for (;;) {
    const buffer = new Uint8Array(file.bytes);
    /** @type {any} */ let sink = null; // the stream's controller
    const used = use && use(new ReadableStream({
      start: (controller) => void (sink = controller),
      cancel: () => void (sink = null),
    }));
    if (used) used.catch(() => {}); // asked for below, or no longer of interest
    try {
      await fill(buffer, url, file, {...how, cache}, (piece) => sink && sink.enqueue(piece));
      await checkHash(url, buffer, file.sha256);
      if (sink) sink.close();
      return {bytes: buffer, used: await used};
    } catch (error) {
      if (sink) sink.error(error);
      if (!(error instanceof WrongFileError) || cache !== "default") throw error;
      cache = "reload"; // what lies in the browser's cache is no better
      how.progress(0, file.packed);
    }
  }
}

/** Fill `buffer` with the file, in as many requests as it takes. */
async function fill(buffer, url, file, how, take) {
  const state = {have: 0, packed: true};
  let failed = 0;
  while (state.have < buffer.length) {
    const before = state.have;
    try {
      await attempt(state, buffer, url, file, how, take);
    } catch (error) {
      if (error instanceof WrongFileError || error.final || how.cache === "only-if-cached") throw error;
      failed = (state.have > before ? 0 : failed) + (error.silent ? TRIES / 2 : 1);
      if (failed < TRIES) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (failed - 1)));
      else {
        await how.goOn(error);
        failed = 0;
      }
    }
  }
}

/** One request, for all that is missing or for all of it again; what came before it broke stays. */
async function attempt(state, buffer, url, file, how, take) {
  const from = state.have;
  // A part is sent as it is, the whole compressed: near the beginning the whole is the smaller one.
  const part = from > 0 && (!state.packed || buffer.length - from < file.packed);
  const patience = impatience(how.stallSeconds);
  try {
    const response = await fetch(url, {
      signal: patience.signal,
      cache: how.cache,
      mode: "same-origin",
      headers: part ? {Range: `bytes=${from}-`} : {},
    });
    checkResponse(response, url, from);
    state.packed = response.headers.has("Content-Encoding");
    const total = state.packed ? file.packed : buffer.length;
    let passedOver = response.status === 206 ? 0 : from;
    const reader = response.body.getReader();
    for (;;) {
      const {done, value} = await reader.read();
      patience.renew();
      if (done) break;
      const piece = value.subarray(Math.min(passedOver, value.length));
      passedOver -= value.length - piece.length;
      if (state.have + piece.length > buffer.length) throw new WrongFileError(`${url}: more than ${buffer.length} bytes`);
      buffer.set(piece, state.have);
      state.have += piece.length;
      if (piece.length) take(piece);
      how.progress(state.have / buffer.length * total, total);
    }
    if (state.have < buffer.length) throw new WrongFileError(`${url}: ${state.have} bytes instead of ${buffer.length}`);
  } catch (error) {
    if (error instanceof WrongFileError || error instanceof DownloadError) throw error;
    throw Object.assign(new DownloadError(`${url}: ${error}`), {silent: patience.signal.aborted});
  } finally {
    patience.end();
  }
}

function checkResponse(response, url, from) {
  if (!response.ok) {
    // "no" stays no, but a busy server may answer the next time
    throw Object.assign(new DownloadError(`${url}: ${response.status}`), {final: response.status < 500 && response.status !== 429});
  }
  const type = response.headers.get("Content-Type") || "";
  if (type.startsWith("text/html")) throw new WrongFileError(`${url}: a page of text`);
  if (response.status === 206 && !(response.headers.get("Content-Range") || "").startsWith(`bytes ${from}-`)) {
    throw Object.assign(new DownloadError(`${url}: another part`), {final: true});
  }
}

/** Breaks a request off when nothing came for so many seconds. */
function impatience(seconds) {
  const gone = new AbortController();
  let timer = null;
  const renew = () => {
    clearTimeout(timer);
    timer = setTimeout(() => gone.abort(), seconds * 1000);
  };
  renew();
  return {signal: gone.signal, renew, end: () => clearTimeout(timer)};
}

/** Compare the SHA-256, where the browser can: on http:// without TLS there is only the length. */
async function checkHash(url, bytes, sha256) {
  if (self.crypto && crypto.subtle && (await hashOf(bytes)) !== sha256) throw new WrongFileError(`${url}: not the bytes that it should be`);
}

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
