// @ts-check
// Memory snapshot of a freshly booted Python, cached on the device so that the next start skips the boot.
//
// It is taken in a worker that never receives a request, so it holds no personal data. Length and hash are verified
// before use: a damaged snapshot could compute wrong results without any error.

import {hashOf} from "./download.js";

/** @import {Manifest} from "../../../types/engine" */

const CACHE = "mingbai-snapshot";
const NEEDED_BYTES = 200e6; // free space required before a snapshot is stored

/** The cache address of the snapshot of one set of runtime files. @param {string} runtime @param {Manifest} manifest */
export function snapshotAddress(runtime, manifest) {
  const parts = Object.keys(manifest.files).sort().map((role) => manifest.files[role].sha256.slice(0, 16));
  return `${runtime}snapshot-${parts.join("-")}`;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionStream | DecompressionStream} through */
async function piped(bytes, through) {
  const stream = /** @type {ReadableStream} */ (new Response(bytes).body).pipeThrough(through);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The snapshot as bytes, or null. A damaged one is deleted. @param {string} address */
export async function readSnapshot(address) {
  try {
    const cache = await caches.open(CACHE);
    const cached = await cache.match(address);
    if (!cached) return null;
    const packed = new Uint8Array(await cached.arrayBuffer());
    if (packed.length === Number(cached.headers.get("X-Bytes")) && (await hashOf(packed)) === cached.headers.get("X-Sha256")) {
      if (cached.headers.get("X-Packed") !== "gzip") return packed;
      return await piped(packed, new DecompressionStream("gzip"));
    }
    await cache.delete(address);
  } catch (_) {
    // storage is blocked, or the entry cannot be read
  }
  return null;
}

export async function deleteSnapshots() {
  try {
    await caches.delete(CACHE);
  } catch (_) {
    // storage is blocked
  }
}

/**
 * Store a snapshot in place of all earlier ones. Returns its stored size in bytes, or 0 if it is not stored.
 *
 * @param {string} address
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function saveSnapshot(address, bytes) {
  const {quota = 0, usage = 0} = navigator.storage && navigator.storage.estimate ? await navigator.storage.estimate() : {};
  if (quota - usage < NEEDED_BYTES) return 0;
  let packed = bytes;
  if ("CompressionStream" in self && "DecompressionStream" in self) {
    packed = await piped(bytes, new CompressionStream("gzip"));
  }
  const headers = {
    "X-Bytes": String(packed.length),
    "X-Sha256": await hashOf(packed),
    "X-Packed": packed === bytes ? "no" : "gzip",
    "Content-Type": "application/octet-stream",
  };
  await deleteSnapshots();
  const cache = await caches.open(CACHE);
  await cache.put(address, new Response(packed, {headers}));
  return packed.length;
}

/** @param {string} address */
export async function hasSnapshot(address) {
  return Boolean(await (await caches.open(CACHE)).match(address));
}
