// @ts-check
"use strict";
// The memory of a freshly booted Python, kept on the device: the next start needs no boot. Used by importScripts.
//
// It is taken in a worker that never sees a request, so nothing personal is in it. It is checked by
// length and hash before it is used; a damaged one could run wrongly without a word.

const SHELF = "mingbai-snapshot";
const NEEDED_BYTES = 200e6; // what must be free; a phone that is nearly full is left alone

/** Where the snapshot of one set of files lies: other files, other address. */
function snapshotAddress(runtime, manifest) {
  const parts = Object.keys(manifest.files).sort().map((role) => manifest.files[role].sha256.slice(0, 16));
  return `${runtime}snapshot-${parts.join("-")}`;
}

/** The snapshot as bytes, or null. A damaged one is removed. */
async function readSnapshot(address) {
  try {
    const shelf = await caches.open(SHELF);
    const found = await shelf.match(address);
    if (!found) return null;
    const packed = new Uint8Array(await found.arrayBuffer());
    if (packed.length === Number(found.headers.get("X-Bytes")) && (await hashOf(packed)) === found.headers.get("X-Sha256")) {
      if (found.headers.get("X-Packed") !== "gzip") return packed;
      const stream = new Response(packed).body.pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    }
    await shelf.delete(address);
  } catch (_) {
    // no storage, or nothing in it that is of use
  }
  return null;
}

async function forgetSnapshots() {
  try {
    await caches.delete(SHELF);
  } catch (_) {
    // there is no storage
  }
}

/** Keep a snapshot in place of all earlier ones. Gives its size in bytes as it is kept, or 0 if it is not. */
async function keepSnapshot(address, bytes) {
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
  await forgetSnapshots();
  const shelf = await caches.open(SHELF);
  await shelf.put(address, new Response(packed, {headers}));
  return packed.length;
}

async function hasSnapshot(address) {
  return Boolean(await (await caches.open(SHELF)).match(address));
}
