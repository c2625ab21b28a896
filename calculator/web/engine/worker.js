// @ts-check
"use strict";
// Runs the calculator in Pyodide, off the page's thread. A classic worker, as Pyodide's glue wants one.
//
// From the page:  {type: "start", runtime, manifest, cache, stallSeconds, snapshot}
//                     runtime: address of the folder; manifest: what runtime.json says; cache: as fetch has it;
//                     snapshot: "use" one if there is one, "keep" one for the next time and do nothing else, or "no"
//                 {type: "resume"}                 the network may be back: go on with what broke off
//                 {type: "bundle", text}           the rules; may come before the calculator is there
//                 {type: "estimate", id, request, lang}     a request as JSON text
// To the page:    {type: "progress", loaded, total}         bytes as they are sent
//                 {type: "starting", snapshot}              all is here; whether a snapshot is used
//                 {type: "paused", detail}                  the network is gone; what has come stays
//                 {type: "ready"}  {type: "kept", bytes}  {type: "failed", reason, detail}
//                 {type: "answer", id, kind: "result" | "faults" | "error", text}

importScripts("download.js", "boot.js", "snapshot.js");

let answer = null;
let booted = null;
let giveBundle = null;
const bundle = new Promise((resolve) => (giveBundle = resolve));

self.onmessage = ({data}) => {
  if (data.type === "start") (data.snapshot === "keep" ? keep(data) : start(data)).catch(fail);
  else if (data.type === "bundle") giveBundle(data.text);
  else if (data.type === "resume") resume();
  else if (data.type === "estimate") estimate(data);
};

function fail(error) {
  /** @type {Array<[Function, string]>} */
  const reasons = [[DownloadError, "network"], [WrongFileError, "wrong_file"], [BlockedError, "blocked"]];
  const known = reasons.find(([kind]) => error instanceof kind);
  postMessage({type: "failed", reason: known ? known[1] : "broken", detail: String(error)});
}

async function start(order) {
  checkAllowed();
  const files = fetchAll(order);
  if (order.snapshot === "no") await forgetSnapshots();
  const snapshot = order.snapshot === "use" ? await readSnapshot(snapshotAddress(order.runtime, order.manifest)) : null;
  files.all.then(() => postMessage({type: "starting", snapshot: Boolean(snapshot)}), () => {});
  const extra = snapshot ? {_loadSnapshot: Promise.resolve(snapshot)} : {};
  // A download that fails ends the start at once, wherever Pyodide may be waiting for it by then.
  booted = bootPython(order.runtime, order.manifest, files, extra);
  const {calculator} = await Promise.race([files.failure, booted]);
  answer = calculator(await bundle);
  postMessage({type: "ready"});
}

/** Boot for the snapshot's sake alone, if there is none yet. */
async function keep(order) {
  const address = snapshotAddress(order.runtime, order.manifest);
  if (await hasSnapshot(address)) return void postMessage({type: "kept", bytes: 0});
  const files = fetchAll(order);
  const booted = bootPython(order.runtime, order.manifest, files, {_makeSnapshot: true});
  const {python, calculator} = await Promise.race([files.failure, booted]);
  calculator.destroy();
  python.runPython("import gc; gc.collect()");
  postMessage({type: "kept", bytes: await keepSnapshot(address, python.makeMemorySnapshot())});
}

/** Begin all downloads side by side; a promise by role, `all` of them, and `failure`, which only ever fails. */
function fetchAll({runtime, manifest, cache, stallSeconds}) {
  const loaded = {};
  const totals = {};
  const sum = (numbers) => Object.keys(numbers).reduce((total, role) => total + numbers[role], 0);
  /** @type {any} */ const files = {};
  for (const role of Object.keys(manifest.files)) {
    loaded[role] = 0;
    totals[role] = manifest.files[role].packed;
    const progress = (done, total) => {
      loaded[role] = done;
      totals[role] = total;
      postMessage({type: "progress", loaded: sum(loaded), total: sum(totals)});
    };
    const use = role === "wasm" ? compileArriving : undefined;
    const how = {cache, stallSeconds, progress, goOn: paused};
    files[role] = download(runtime + manifest.files[role].path, manifest.files[role], how, use);
  }
  files.all = Promise.all(Object.keys(manifest.files).map((role) => files[role]));
  files.failure = new Promise((_, reject) => files.all.catch(reject));
  files.failure.catch(() => {});
  return files;
}

/** @type {(value?: any) => void} */
let resume = () => {};
let resumed = null;

/** Tell the page, once for all files, and wait for its word. */
function paused(error) {
  if (!resumed) {
    resumed = new Promise((resolve) => (resume = resolve)).then(() => void (resumed = null));
    postMessage({type: "paused", detail: String(error)});
  }
  return resumed;
}

function estimate({id, request, lang}) {
  try {
    const proxy = answer(request, lang);
    const [kind, text] = proxy.toJs();
    proxy.destroy();
    postMessage({type: "answer", id, kind, text});
  } catch (error) {
    postMessage({type: "answer", id, kind: "error", text: String(error)});
  }
}
