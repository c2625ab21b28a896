// @ts-check
"use strict";
// Memory snapshot of a freshly booted Python, cached on the device so that the next start skips the boot.
// Loaded by importScripts.
//
// It is taken in a worker that never receives a request, so it holds no personal data. Length and hash are verified
// before use: a damaged snapshot could compute wrong results without any error.

const CACHE = "mingbai-snapshot";
const NEEDED_BYTES = 200e6; // free space required before a snapshot is stored

/** The cache address of the snapshot of one set of runtime files. */
function snapshotAddress(runtime, manifest) {
  const parts = Object.keys(manifest.files).sort().map((role) => manifest.files[role].sha256.slice(0, 16));
  return `${runtime}snapshot-${parts.join("-")}`;
}

/** The snapshot as bytes, or null. A damaged one is deleted. */
async function readSnapshot(address) {
  try {
    const cache = await caches.open(CACHE);
    const cached = await cache.match(address);
    if (!cached) return null;
    const packed = new Uint8Array(await cached.arrayBuffer());
    if (packed.length === Number(cached.headers.get("X-Bytes")) && (await hashOf(packed)) === cached.headers.get("X-Sha256")) {
      if (cached.headers.get("X-Packed") !== "gzip") return packed;
      const stream = new Response(packed).body.pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    await cache.delete(address);
  } catch (_) {
    // storage is blocked, or the entry cannot be read
  }
  return null;
}

async function deleteSnapshots() {
  try {
    await caches.delete(CACHE);
  } catch (_) {
    // storage is blocked
  }
}

/** Store a snapshot in place of all earlier ones. Returns its stored size in bytes, or 0 if it is not stored. */
async function saveSnapshot(address, bytes) {
  const {quota = 0, usage = 0} = navigator.storage && navigator.storage.estimate ? await navigator.storage.estimate() : {};
  if (quota - usage < NEEDED_BYTES) return 0;
  let packed = bytes;
  if (self.CompressionStream && self.DecompressionStream) {
    const stream = new Response(bytes).body.pipeThrough(new CompressionStream("gzip"));
    packed = new Uint8Array(await new Response(stream).arrayBuffer());
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

async function hasSnapshot(address) {
  return Boolean(await (await caches.open(CACHE)).match(address));
}
