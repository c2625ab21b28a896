// @ts-check
"use strict";
// Runs the calculator in Pyodide, off the page's thread. A classic worker, because Pyodide's glue code needs one.
//
// From the page:  {type: "start", runtime, manifest, cache, stallSeconds, snapshot}
//                     runtime: address of the folder; manifest: content of runtime.json; cache: fetch's cache mode;
//                     snapshot: "use" one if there is one, only make ("keep") one for the next start, or "no"
//                 {type: "resume"}                 the network may be back: resume interrupted downloads
//                 {type: "bundle", text}           the rules; may arrive before the calculator is ready
//                 {type: "estimate", id, request, lang}     a request as JSON text
// To the page:    {type: "progress", loaded, total}         compressed bytes
//                 {type: "starting", snapshot}              downloads are complete; whether a snapshot is used
//                 {type: "paused", detail}                  the network failed; what was downloaded is retained
//                 {type: "ready"}  {type: "kept", bytes}  {type: "failed", reason, detail}
//                 {type: "answer", id, kind: "result" | "faults" | "error", text}

importScripts("download.js", "boot.js", "snapshot.js");

let calculate = null;
let booted = null;
let resolveBundle = null;
const bundle = new Promise((resolve) => (resolveBundle = resolve));

self.onmessage = ({data}) => {
  if (data.type === "start") (data.snapshot === "keep" ? makeSnapshot(data) : start(data)).catch(fail);
  else if (data.type === "bundle") resolveBundle(data.text);
  else if (data.type === "resume") resume();
  else if (data.type === "estimate") estimate(data);
};

function fail(error) {
  /** @type {Array<[Function, string]>} */
  const reasons = [[DownloadError, "network"], [WrongFileError, "wrong_file"], [BlockedError, "blocked"]];
  const match = reasons.find(([kind]) => error instanceof kind);
  postMessage({type: "failed", reason: match ? match[1] : "broken", detail: String(error)});
}

async function start(message) {
  checkWebAssemblyAllowed();
  const files = fetchAll(message);
  if (message.snapshot === "no") await deleteSnapshots();
  const snapshot = message.snapshot === "use" ? await readSnapshot(snapshotAddress(message.runtime, message.manifest)) : null;
  files.all.then(() => postMessage({type: "starting", snapshot: Boolean(snapshot)}), () => {});
  const extra = snapshot ? {_loadSnapshot: Promise.resolve(snapshot)} : {};
  // A failed download ends the start at once, even if Pyodide would wait for it forever.
  booted = bootPython(message.runtime, message.manifest, files, extra);
  const {calculator} = await Promise.race([files.failure, booted]);
  calculate = calculator(await bundle);
  postMessage({type: "ready"});
}

/** Boot only to make a snapshot, if there is none yet. */
async function makeSnapshot(message) {
  const address = snapshotAddress(message.runtime, message.manifest);
  if (await hasSnapshot(address)) return void postMessage({type: "kept", bytes: 0});
  const files = fetchAll(message);
  const booted = bootPython(message.runtime, message.manifest, files, {_makeSnapshot: true});
  const {python, calculator} = await Promise.race([files.failure, booted]);
  calculator.destroy();
  python.runPython("import gc; gc.collect()");
  postMessage({type: "kept", bytes: await saveSnapshot(address, python.makeMemorySnapshot())});
}

/** Start all downloads in parallel: a promise for each role, `all` of them, and `failure`, which can only reject. */
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
    const consume = role === "wasm" ? compileStream : undefined;
    const options = {cache, stallSeconds, progress, untilOnline: pause};
    files[role] = download(runtime + manifest.files[role].path, manifest.files[role], options, consume);
  }
  files.all = Promise.all(Object.keys(manifest.files).map((role) => files[role]));
  files.failure = new Promise((_, reject) => files.all.catch(reject));
  files.failure.catch(() => {});
  return files;
}

/** @type {(value?: any) => void} */
let resume = () => {};
let resumed = null;

/** Report the interruption once for all files, and wait until the page says resume. */
function pause(error) {
  if (!resumed) {
    resumed = new Promise((resolve) => (resume = resolve)).then(() => void (resumed = null));
    postMessage({type: "paused", detail: String(error)});
  }
  return resumed;
}

function estimate({id, request, lang}) {
  try {
    const proxy = calculate(request, lang);
    const [kind, text] = proxy.toJs();
    proxy.destroy();
    postMessage({type: "answer", id, kind, text});
  } catch (error) {
    postMessage({type: "answer", id, kind: "error", text: String(error)});
  }
}
