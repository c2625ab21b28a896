"use strict";
// Runs the calculator in Pyodide, off the page's thread. A classic worker, as Pyodide's glue wants one.
//
// From the page:  {type: "start", runtime, bundle, again}   the address of runtime.json, the bundle as text
//                 {type: "estimate", id, request, lang}     a request as JSON text
// To the page:    {type: "progress", loaded, total}         bytes before compression
//                 {type: "ready"}  {type: "failed", reason, detail}
//                 {type: "answer", id, kind: "result" | "faults" | "error", text}

const WHEEL = "/lib/mingbai_calculator.whl";

const SETUP = `
import json
import sys

sys.path.insert(0, "${WHEEL}")

from mingbai_calculator import BadRequestError, estimate_json
from mingbai_calculator.explain import speaker


def calculator(bundle_text):
    bundle = json.loads(bundle_text)

    def answer(request, lang):
        try:
            return ["result", estimate_json(bundle, request)]
        except BadRequestError as error:
            speak = speaker(bundle, lang)
            faults = [{"name": fault.name, "code": fault.code, "text": speak.fault(fault)} for fault in error.faults]
            return ["faults", json.dumps(faults, ensure_ascii=False)]

    return answer


calculator
`;

let answer = null;

self.onmessage = (event) => {
  const message = event.data;
  if (message.type === "start") start(message).then(() => postMessage({type: "ready"}), fail);
  else if (message.type === "estimate") estimate(message);
};

function fail(error) {
  const reason = error instanceof DownloadError ? "network" : "broken";
  postMessage({type: "failed", reason, detail: String(error)});
}

class DownloadError extends Error {}

async function start({runtime, bundle, again}) {
  if (!Object.hasOwn) Object.hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const manifest = await (await get(runtime, {cache: again ? "reload" : "no-cache"})).json();
  const roles = Object.keys(manifest.files);
  const address = (role) => new URL(manifest.files[role].path, runtime).href;

  const downloads = {loaded: 0, total: 0, cache: again ? "reload" : "default"}; // what failed may lie damaged in the cache
  // A download that fails ends the start at once, wherever Pyodide may be waiting for it by then.
  const failure = new Promise((_, reject) => (downloads.fail = reject));
  const responses = {};
  for (const role of roles) downloads.total += manifest.files[role].bytes;
  for (const role of roles) {
    responses[role] = download(address(role), manifest.files[role].bytes, downloads);
    responses[role].catch(() => {}); // said through `failure`
  }
  await Promise.race([failure, boot(address, responses, manifest.lock, bundle)]);
}

async function boot(address, responses, lock, bundle) {
  const bytes = async (role) => (await responses[role]).arrayBuffer();
  const calculator = bytes("calculator");
  await Promise.all([bytes("loader"), bytes("glue")]); // now they come from the cache
  importScripts(address("loader"), address("glue"));

  // Pyodide asks for its files by fixed names; it gets those that are on their way already.
  const base = new URL("./", address("wasm")).href;
  const prepared = {
    [base + "pyodide.asm.wasm"]: () => responses.wasm,
    [base + "stdlib"]: () => responses.stdlib,
  };
  const fetchFromNetwork = self.fetch.bind(self);
  self.fetch = (url, options) => (prepared[url] ? prepared[url]() : fetchFromNetwork(url, options));

  const python = await Promise.race([
    brokenWasm(),
    loadPyodide({indexURL: base, packageBaseUrl: base, stdLibURL: base + "stdlib", lockFileContents: lock}),
  ]);
  python.FS.writeFile(WHEEL, new Uint8Array(await calculator));
  answer = python.runPython(SETUP)(bundle);
}

/** Rejects when the WebAssembly cannot be made to run: Pyodide itself would wait for ever. */
function brokenWasm() {
  const instantiate = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (source, imports) => {
      const instantiated = instantiate.call(WebAssembly, source, imports);
      instantiated.catch(reject);
      return instantiated;
    };
  });
}

async function get(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    throw new DownloadError(url + ": " + error);
  }
  if (!response.ok) throw new DownloadError(url + ": " + response.status);
  return response;
}

/**
 * Fetch a file and report each piece that arrives. A wrong number of bytes (somebody's log-in page
 * instead of the file, a broken download) is an error; a wrong content type is put right.
 */
async function download(url, bytes, downloads) {
  const stop = (error) => {
    downloads.fail(error);
    throw error;
  };
  const reader = (await get(url, {cache: downloads.cache}).catch(stop)).body.getReader();
  let seen = 0;
  const stream = new ReadableStream({
    async pull(controller) {
      const piece = await reader.read().catch((error) => stop(new DownloadError(url + ": " + error)));
      if (piece.done) {
        if (seen !== bytes) stop(new DownloadError(url + ": " + seen + " bytes instead of " + bytes));
        controller.close();
        return;
      }
      seen += piece.value.length;
      downloads.loaded += piece.value.length;
      postMessage({type: "progress", loaded: downloads.loaded, total: downloads.total});
      controller.enqueue(piece.value);
    },
  });
  return new Response(stream, url.endsWith(".wasm") ? {headers: {"Content-Type": "application/wasm"}} : {});
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
