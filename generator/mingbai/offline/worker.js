// @ts-check
// Stands in front of the calculator's worker in the single file: it has no network, so it brings its files along.
// The first message has them, packed; those that come before all is unpacked wait.

import {unpacked} from "./unpack.js";

/** @import {Pack} from "./unpack.js" */

/** @type {MessageEvent[]} */ const waiting = [];

self.onmessage = async (event) => {
  if (!event.data.files) return void waiting.push(event);
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */ const files = {};
  /** @type {Record<string, Pack>} */ const packs = event.data.files;
  try {
    await Promise.all(Object.entries(packs).map(async ([name, file]) => (files[name] = await unpacked(file))));
    serve(files, event.data.base);
  } catch (error) {
    setTimeout(() => { throw error; }); // to the page's worker.onerror
  }
};

/** @param {Record<string, Uint8Array<ArrayBuffer>>} files @param {string} base */
function serve(files, base) {
  const content = (/** @type {unknown} */ url) => files[String(url).slice(base.length)];
  self.fetch = async (url) => {
    if (!content(url)) throw new TypeError("not in this file: " + url);
    return new Response(content(url));
  };
  const load = self.importScripts.bind(self);
  self.importScripts = (...names) => {
    for (const name of names) {
      const address = URL.createObjectURL(new Blob([content(new URL(name, base + "worker/"))], {type: "text/javascript"}));
      load(address);
      URL.revokeObjectURL(address);
    }
  };
  self.importScripts("worker.js"); // it takes over onmessage
  for (const event of waiting) if (self.onmessage) self.onmessage(event);
}
