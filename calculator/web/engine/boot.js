// @ts-check
// Boots Pyodide from downloads that are already in progress.

/** @import {Calculator, Downloaded, Manifest, Python} from "../../../types/engine" */

const CALCULATOR = "/lib/mingbai_calculator.whl";
const IMPORT = `
import sys

if "${CALCULATOR}" not in sys.path:
    sys.path.insert(0, "${CALCULATOR}")

from mingbai_calculator.browser import calculator

calculator
`;

/** The smallest valid WebAssembly module, to test whether compiling is allowed. */
const EMPTY_WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

export class BlockedError extends Error {}

/**
 * Boot Pyodide and import the calculator.
 *
 * @param {string} runtime address of the folder with the files
 * @param {Manifest} manifest
 * @param {Record<string, Promise<Downloaded>>} files the downloads by role; `consumed` of `wasm` is the compiled module
 * @param {object} extra further settings of loadPyodide
 * @returns {Promise<{python: Python, calculator: Calculator}>} Pyodide, and the Python function `calculator`
 */
export async function bootPython(runtime, manifest, files, extra) {
  if (!Object.hasOwn) Object.hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  await Promise.all([files.loader, files.glue]);
  // Served from the browser's cache: names with a hash never change.
  importScripts(runtime + manifest.files.loader.path, runtime + manifest.files.glue.path);

  const module = files.wasm.then(({consumed}) => consumed);
  /** @type {Promise<never>} */
  const broken = new Promise((_, reject) => provideFiles(runtime, module, files.stdlib, reject));
  const python = await Promise.race([
    broken, // Pyodide itself would wait forever
    loadPyodide({
      indexURL: runtime,
      packageBaseUrl: runtime,
      stdLibURL: runtime + "stdlib",
      lockFileContents: manifest.lock,
      ...extra,
    }),
  ]);
  python.FS.writeFile(CALCULATOR, (await files.calculator).bytes);
  return {python, calculator: python.runPython(IMPORT)};
}

/**
 * Pyodide fetches its files by fixed names and compiles them itself: answer with what was downloaded.
 *
 * @param {string} runtime
 * @param {Promise<WebAssembly.Module>} module
 * @param {Promise<Downloaded>} stdlib
 * @param {(error: unknown) => void} fail
 */
function provideFiles(runtime, module, stdlib, fail) {
  const network = self.fetch.bind(self);
  self.fetch = async (url, options) => {
    if (String(url) === runtime + "pyodide.asm.wasm") return new Response();
    if (String(url) === runtime + "stdlib") return new Response((await stdlib).bytes);
    return network(url, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    try {
      const compiled = await module;
      return {module: compiled, instance: await WebAssembly.instantiate(compiled, imports)};
    } catch (error) {
      fail(error);
      throw error;
    }
  };
}

/**
 * Compile WebAssembly while it is downloaded, whatever content type the server sends.
 *
 * @param {ReadableStream} stream
 */
export function compileStream(stream) {
  const response = new Response(stream, {headers: {"Content-Type": "application/wasm"}});
  if (WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
  return response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
}

/** Throw if a content security policy forbids WebAssembly. */
export function checkWebAssemblyAllowed() {
  try {
    new WebAssembly.Module(EMPTY_WASM);
  } catch (error) {
    throw new BlockedError(String(error));
  }
}
