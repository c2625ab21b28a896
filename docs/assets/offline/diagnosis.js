// @ts-check
// Shows what this device supports and how long the calculator takes to start, in short numbered lines that can be read
// out over the telephone. Nothing is sent; the calculator is downloaded only after a tap.

import {el, fill, standsIn} from "../../../calculator/web/shared/dom.js";

/** An element of the template. @param {string} name */
const find = (name) => /** @type {HTMLElement} */ (root.querySelector(name));
const root = /** @type {HTMLElement} */ (document.querySelector("[data-mb-diag]"));
/** @type {{words: Record<string, string>, estimator: string, instead: {lang: string, dir: string}[]}} */
const {words, estimator, instead} = JSON.parse(find("script").textContent);
const home = new URL("..", import.meta.url).href;
const MEGABYTE = 1000000;
standsIn(instead[0]);

/** @param {unknown} value */
const yesOrNo = (value) => (value === undefined || value === null ? words.unknown : value ? words.yes : words.no);

/** @param {HTMLElement} list @param {string} name @param {string} value */
function line(list, name, value) {
  list.append(el("li", {}, words[name] + words.colon, el("strong", {}, value)));
}

/** Whether this browser accepts a WebAssembly module with these bytes. @param {number[]} bytes */
function valid(...bytes) {
  try {
    return WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, ...bytes]));
  } catch (_) {
    return false;
  }
}

/** The browser's engine and version, by its user agent. */
function kernel() {
  const agent = navigator.userAgent;
  /** @type {Array<[RegExp, string]>} */
  const kernels = [[/Chrom(?:e|ium)\/([\d.]+)/, "Chromium"], [/Firefox\/([\d.]+)/, "Firefox"], [/Version\/([\d.]+).*Safari/, "Safari"], [/OS ([\d_]+) like Mac/, "iOS"]];
  for (const [pattern, name] of kernels) {
    const match = pattern.exec(agent);
    if (match) return fill(words.kernel_is, {name, version: match[1].replace(/_/g, ".")});
  }
  return words.unknown;
}

async function storage() {
  try {
    const {usage = 0, quota = 0} = await navigator.storage.estimate();
    return fill(words.storage_is, {used: Math.ceil(usage / MEGABYTE), quota: Math.floor(quota / MEGABYTE)});
  } catch (_) {
    return words.unknown;
  }
}

/** Whether what is stored stays there; null if the browser does not tell. */
async function persisted() {
  try {
    return await navigator.storage.persisted();
  } catch (_) {
    return null;
  }
}

/** How many pages are stored. */
async function storedPages() {
  try {
    const worker = /** @type {ServiceWorker} */ (navigator.serviceWorker.controller);
    const channel = new MessageChannel();
    /** @typedef {{files: string[], revision: string}} Stored */
    /** @type {Promise<Stored | null>} */
    const answer = new Promise((resolve) => {
      channel.port1.onmessage = ({data}) => resolve(data.result);
      setTimeout(() => resolve(null), 5000);
    });
    worker.postMessage({job: "state", lang: root.dataset.mbDiag}, [channel.port2]);
    const {files, revision} = /** @type {Stored} */ (await answer);
    return fill(words.kept_is, {pages: files.filter((path) => /(^|\/)$/.test(path)).length, revision});
  } catch (_) {
    return words.kept_none;
  }
}

async function showDevice() {
  const {connection = {}, deviceMemory, hardwareConcurrency, serviceWorker} = navigator;
  const list = find("[data-mb-phone]");
  line(list, "kernel", kernel());
  line(list, "worker", yesOrNo(Boolean(serviceWorker)));
  line(list, "controlled", yesOrNo(Boolean(serviceWorker && serviceWorker.controller)));
  line(list, "wasm", yesOrNo(valid()));
  /** @type {Partial<typeof WebAssembly>} */ const wasm = typeof WebAssembly === "object" ? WebAssembly : {};
  line(list, "exceptions", yesOrNo(typeof wasm.Tag === "function"));
  line(list, "streaming", yesOrNo(typeof wasm.instantiateStreaming === "function"));
  line(list, "cache", yesOrNo("caches" in window));
  line(list, "storage", await storage());
  line(list, "persisted", yesOrNo(await persisted()));
  line(list, "kept", await storedPages());
  line(list, "online", yesOrNo(navigator.onLine));
  const {type, effectiveType, saveData} = connection;
  line(list, "connection", effectiveType || type ? fill(words.connection_is, {type: type || words.unknown, speed: effectiveType || words.unknown}) : words.unknown);
  line(list, "saves", yesOrNo(saveData));
  line(list, "memory", deviceMemory ? fill(words.memory_is, {size: deviceMemory}) : words.unknown);
  line(list, "cores", hardwareConcurrency ? fill(words.cores_is, {cores: hardwareConcurrency}) : words.unknown);
  line(list, "screen", fill(words.screen_is, {width: screen.width, height: screen.height, ratio: devicePixelRatio}));
  line(list, "clock", new Date().toLocaleString(document.documentElement.lang));
  line(list, "lang", navigator.language);
}

/** Start the calculator as the estimator does, and show when each step was finished. */
async function measureStart() {
  const list = find("[data-mb-steps]");
  list.textContent = "";
  /** @type {HTMLElement} */ (list.parentElement).hidden = false;
  const startTime = performance.now();
  let lastTime = startTime;
  const done = new Set();
  const step = (/** @type {string} */ name) => {
    if (done.has(name)) return;
    done.add(name);
    const now = performance.now();
    const since = (/** @type {number} */ from) => ((now - from) / 1000).toFixed(1);
    line(list, `step_${name}`, fill(words.from_start, {seconds: since(lastTime), total: since(startTime)}));
    lastTime = now;
  };
  try {
    const page = new DOMParser().parseFromString(await (await fetch(estimator)).text(), "text/html");
    const {config} = JSON.parse(/** @type {HTMLElement} */ (page.getElementById("mingbai-ui")).textContent);
    step("config");
    const absolute = (/** @type {string} */ address) => new URL(address, new URL(estimator, document.baseURI)).href;
    const {Engine} = await import(`${home}assets/web/engine.js`);
    const rules = await (await fetch(absolute(config.bundle))).text();
    step("rules");
    const engine = new Engine({...config, runtime: absolute(config.runtime)}, async () => rules, (/** @type {{state: string}} */ {state}) => {
      if (state === "starting") step("loading");
      if (state === "starting" || state === "ready") step(state);
    });
    await engine.ready;
    step("ready");
    const {places} = JSON.parse(rules);
    const place = Object.keys(places)[0];
    await engine.estimateText({place, date: new Date().toISOString().slice(0, 10), facts: {}, inputs: {}, lang: config.lang});
    step("answer");
  } catch (caught) {
    const error = /** @type {{reason?: string, message?: string}} */ (caught);
    line(list, "step_failed", `${error.reason || ""} ${error.message || error}`);
  }
}

const button = find("button");
button.addEventListener("click", async () => {
  button.setAttribute("aria-disabled", "true");
  await measureStart();
  button.removeAttribute("aria-disabled");
});
root.hidden = false;
showDevice();
