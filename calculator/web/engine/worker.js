// @ts-check
// Runs the calculator in Pyodide, off the page's thread. A classic worker, because Pyodide's glue code needs one.
// What the page sends, and what it is sent: types/engine.d.ts.

import {BlockedError, bootPython, checkWebAssemblyAllowed, compileStream} from "./boot.js";
import {DownloadError, WrongFileError, download} from "./download.js";
import {deleteSnapshots, hasSnapshot, readSnapshot, saveSnapshot, snapshotAddress} from "./snapshot.js";

/** @import {Calculate, Downloaded, EstimateMessage, FromWorker, StartMessage, ToWorker} from "../../../types/engine" */

/** @type {Calculate | null} */ let calculate = null;
/** @type {(text: string) => void} */ let resolveBundle;
/** @type {Promise<string>} */ const bundle = new Promise((resolve) => (resolveBundle = resolve));

/** @type {(message: FromWorker) => void} */
const tell = (message) => postMessage(message);

/** @param {MessageEvent<ToWorker>} event */
self.onmessage = ({data}) => {
  if (data.type === "start") (data.snapshot === "keep" ? makeSnapshot(data) : start(data)).catch(fail);
  else if (data.type === "bundle") resolveBundle(data.text);
  else if (data.type === "resume") resume();
  else if (data.type === "estimate") estimate(data);
};

/** @param {unknown} error */
function fail(error) {
  /** @type {Array<[Function, string]>} */
  const reasons = [[DownloadError, "network"], [WrongFileError, "wrong_file"], [BlockedError, "blocked"]];
  const match = reasons.find(([kind]) => error instanceof kind);
  tell({type: "failed", reason: match ? match[1] : "broken", detail: String(error)});
}

/** @param {StartMessage} message */
async function start(message) {
  checkWebAssemblyAllowed();
  const files = fetchAll(message);
  if (message.snapshot === "no") await deleteSnapshots();
  const snapshot = message.snapshot === "use" ? await readSnapshot(snapshotAddress(message.runtime, message.manifest)) : null;
  files.all.then(() => tell({type: "starting", snapshot: Boolean(snapshot)}), () => {});
  const extra = snapshot ? {_loadSnapshot: Promise.resolve(snapshot)} : {};
  // A failed download ends the start at once, even if Pyodide would wait for it forever.
  const booted = bootPython(message.runtime, message.manifest, files.byRole, extra);
  const {calculator} = await Promise.race([files.failure, booted]);
  calculate = calculator(await bundle);
  tell({type: "ready"});
}

/**
 * Boot only to make a snapshot, if there is none yet.
 *
 * @param {StartMessage} message
 */
async function makeSnapshot(message) {
  const address = snapshotAddress(message.runtime, message.manifest);
  if (await hasSnapshot(address)) return tell({type: "kept", bytes: 0});
  const files = fetchAll(message);
  const booted = bootPython(message.runtime, message.manifest, files.byRole, {_makeSnapshot: true});
  const {python, calculator} = await Promise.race([files.failure, booted]);
  calculator.destroy();
  python.runPython("import gc; gc.collect()");
  return tell({type: "kept", bytes: await saveSnapshot(address, python.makeMemorySnapshot())});
}

/**
 * Start all downloads in parallel: a promise for each role, `all` of them, and `failure`, which can only reject.
 *
 * @param {StartMessage} message
 */
function fetchAll({runtime, manifest, cache, stallSeconds}) {
  /** @type {Record<string, number>} */ const loaded = {};
  /** @type {Record<string, number>} */ const totals = {};
  /** @param {Record<string, number>} numbers */
  const sum = (numbers) => Object.keys(numbers).reduce((total, role) => total + numbers[role], 0);
  /** @type {Record<string, Promise<Downloaded>>} */ const byRole = {};
  for (const role of Object.keys(manifest.files)) {
    loaded[role] = 0;
    totals[role] = manifest.files[role].packed;
    const progress = (/** @type {number} */ done, /** @type {number} */ total) => {
      loaded[role] = done;
      totals[role] = total;
      tell({type: "progress", loaded: sum(loaded), total: sum(totals)});
    };
    const consume = role === "wasm" ? compileStream : undefined;
    const options = {cache, stallSeconds, progress, untilOnline: pause};
    byRole[role] = download(runtime + manifest.files[role].path, manifest.files[role], options, consume);
  }
  const all = Promise.all(Object.keys(manifest.files).map((role) => byRole[role]));
  /** @type {Promise<never>} */ const failure = new Promise((_, reject) => all.catch(reject));
  failure.catch(() => {});
  return {byRole, all, failure};
}

/** @type {(value?: undefined) => void} */ let resume = () => {};
/** @type {Promise<void> | null} */ let resumed = null;

/**
 * Report the interruption once for all files, and wait until the page says resume.
 *
 * @param {Error} error
 */
function pause(error) {
  if (!resumed) {
    resumed = new Promise((resolve) => (resume = resolve)).then(() => void (resumed = null));
    tell({type: "paused", detail: String(error)});
  }
  return resumed;
}

/** @param {EstimateMessage} message */
function estimate({id, request, lang}) {
  try {
    if (!calculate) throw new Error("not ready");
    const proxy = calculate(request, lang);
    const [kind, text] = proxy.toJs();
    proxy.destroy();
    tell({type: "answer", id, kind, text});
  } catch (error) {
    tell({type: "answer", id, kind: "error", text: String(error)});
  }
}
