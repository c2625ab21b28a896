// @ts-check
// Downloads of the worker: complete, verified, and resumed after an interruption.

/** @import {Downloaded, RuntimeFile} from "../../../types/engine" */

/**
 * @typedef {object} Options
 * @property {RequestCache} cache
 * @property {number} stallSeconds longest wait for the next bytes
 * @property {(loaded: number, total: number) => void} progress called with the loaded bytes as they are sent and the
 *   file's total
 * @property {(error: Error) => Promise<void>} untilOnline resolves when the network may be back, or rejects
 */

/** The file cannot be downloaded. */
export class DownloadError extends Error {
  /**
   * @param {string} detail
   * @param {{final?: boolean, stalled?: boolean}} [why] `final`: the server refused, another try is useless; `stalled`:
   *   nothing was received for too long
   */
  constructor(detail, {final = false, stalled = false} = {}) {
    super(detail);
    this.final = final;
    this.stalled = stalled;
  }
}

/** The response is not the file: truncated, damaged, or a network's log-in page. */
export class WrongFileError extends Error {}

const TRIES = 4; // in a row without a new byte; then wait for `untilOnline`
const PAUSE_MS = 500; // before the second try; doubled before each further one

/**
 * Download a file of known size and hash.
 *
 * @param {string} url
 * @param {Pick<RuntimeFile, "bytes" | "packed" | "sha256">} file
 * @param {Options} options
 * @param {(stream: ReadableStream) => Promise<unknown>} [consume] works on the bytes while they arrive
 * @returns {Promise<Downloaded>} the verified bytes, and the result of `consume`
 */
export async function download(url, file, options, consume) {
  let {cache} = options;
  for (;;) {
    const buffer = new Uint8Array(file.bytes);
    let sink = /** @type {ReadableStreamDefaultController | null} */ (null);
    const consumed = consume && consume(new ReadableStream({
      start: (controller) => void (sink = controller),
      cancel: () => void (sink = null),
    }));
    if (consumed) consumed.catch(() => {}); // awaited below, or no longer needed
    try {
      await downloadInto(buffer, url, file, {...options, cache}, (piece) => sink && sink.enqueue(piece));
      await checkHash(url, buffer, file.sha256);
      if (sink) sink.close();
      return {bytes: buffer, consumed: await consumed};
    } catch (error) {
      if (sink) sink.error(error);
      if (!(error instanceof WrongFileError) || cache !== "default") throw error;
      cache = "reload"; // the browser's cache may hold the same wrong bytes
      options.progress(0, file.packed);
    }
  }
}

/**
 * Fill `buffer` with the file, in as many requests as needed.
 *
 * @param {Uint8Array<ArrayBuffer>} buffer
 * @param {string} url
 * @param {Pick<RuntimeFile, "packed">} file
 * @param {Options} options
 * @param {(piece: Uint8Array) => void} onPiece
 */
async function downloadInto(buffer, url, file, options, onPiece) {
  const state = {received: 0, compressed: true};
  let failed = 0;
  while (state.received < buffer.length) {
    const before = state.received;
    try {
      await request(state, buffer, url, file, options, onPiece);
    } catch (error) {
      if (!(error instanceof DownloadError) || error.final || options.cache === "only-if-cached") throw error;
      failed = (state.received > before ? 0 : failed) + (error.stalled ? TRIES / 2 : 1);
      if (failed < TRIES) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (failed - 1)));
      else {
        await options.untilOnline(error);
        failed = 0;
      }
    }
  }
}

/**
 * One request for the missing part, or for the whole file again; bytes received before an error are retained.
 *
 * @param {{received: number, compressed: boolean}} state
 * @param {Uint8Array<ArrayBuffer>} buffer
 * @param {string} url
 * @param {Pick<RuntimeFile, "packed">} file
 * @param {Options} options
 * @param {(piece: Uint8Array) => void} onPiece
 */
async function request(state, buffer, url, file, options, onPiece) {
  const from = state.received;
  // A range is sent uncompressed, the whole file compressed: ask for the smaller one.
  const asRange = from > 0 && (!state.compressed || buffer.length - from < file.packed);
  const stall = stallTimer(options.stallSeconds);
  try {
    const response = await fetch(url, {
      signal: stall.signal,
      cache: options.cache,
      mode: "same-origin",
      headers: asRange ? {Range: `bytes=${from}-`} : {},
    });
    checkResponse(response, url, from);
    state.compressed = response.headers.has("Content-Encoding");
    const total = state.compressed ? file.packed : buffer.length;
    let toSkip = response.status === 206 ? 0 : from;
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    for (;;) {
      const {done, value} = await reader.read();
      stall.reset();
      if (done) break;
      const piece = value.subarray(Math.min(toSkip, value.length));
      toSkip -= value.length - piece.length;
      if (state.received + piece.length > buffer.length) throw new WrongFileError(`${url}: more than ${buffer.length} bytes`);
      buffer.set(piece, state.received);
      state.received += piece.length;
      if (piece.length) onPiece(piece);
      options.progress(state.received / buffer.length * total, total);
    }
    if (state.received < buffer.length) throw new WrongFileError(`${url}: ${state.received} bytes instead of ${buffer.length}`);
  } catch (error) {
    if (error instanceof WrongFileError || error instanceof DownloadError) throw error;
    throw new DownloadError(`${url}: ${error}`, {stalled: stall.signal.aborted});
  } finally {
    stall.stop();
  }
}

/** @param {Response} response @param {string} url @param {number} from */
function checkResponse(response, url, from) {
  if (!response.ok) {
    // a refusal is final, but an overloaded server may answer the next time
    throw new DownloadError(`${url}: ${response.status}`, {final: response.status < 500 && response.status !== 429});
  }
  const type = response.headers.get("Content-Type") || "";
  if (type.startsWith("text/html")) throw new WrongFileError(`${url}: a page of text`);
  if (response.status === 206 && !(response.headers.get("Content-Range") || "").startsWith(`bytes ${from}-`)) {
    throw new DownloadError(`${url}: another part`, {final: true});
  }
}

/** Aborts a request when nothing was received for so many seconds. @param {number} seconds */
function stallTimer(seconds) {
  const controller = new AbortController();
  let timer = 0;
  const reset = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), seconds * 1000);
  };
  reset();
  return {signal: controller.signal, reset, stop: () => clearTimeout(timer)};
}

/**
 * Verify the SHA-256 where the browser can compute it: without TLS there is only the length.
 *
 * @param {string} url
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} sha256
 */
async function checkHash(url, bytes, sha256) {
  if (self.crypto && crypto.subtle && (await hashOf(bytes)) !== sha256) throw new WrongFileError(`${url}: not the bytes that it should be`);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
