// @ts-check
"use strict";
// Starts Pyodide from files that are on their way already. Used by importScripts.

const CALCULATOR = "/lib/mingbai_calculator.whl";
const IMPORT = `
import sys

if "${CALCULATOR}" not in sys.path:
    sys.path.insert(0, "${CALCULATOR}")

from mingbai_calculator.browser import calculator

calculator
`;

/** The smallest WebAssembly there is: where it may not be compiled, none may. */
const EMPTY_WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

class BlockedError extends Error {}

/**
 * Boot Pyodide and import the calculator.
 *
 * @param {string} runtime address of the folder with the files
 * @param {{lock: object, files: Object<string, {path: string}>}} manifest what runtime.json says
 * @param {Object<string, Promise<{bytes: Uint8Array<ArrayBuffer>, used: any}>>} files the downloads by role; `wasm` is used as a module
 * @param {object} extra further settings of loadPyodide
 * @returns {Promise<{python: any, calculator: any}>} Pyodide, and the Python function `calculator`
 */
async function bootPython(runtime, manifest, files, extra) {
  if (!Object.hasOwn) Object.hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  await Promise.all([files.loader, files.glue]);
  // From the browser's cache now. Names with a hash never change, so nothing is asked again.
  importScripts(runtime + manifest.files.loader.path, runtime + manifest.files.glue.path);

  const module = files.wasm.then(({used}) => used);
  const broken = new Promise((_, reject) => handOver(runtime, module, files.stdlib, reject));
  const python = await Promise.race([
    broken, // Pyodide itself would wait for ever
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
 * Pyodide asks for its files by fixed names and compiles them itself: give it what there is.
 *
 * @param {string} runtime
 * @param {Promise<WebAssembly.Module>} module
 * @param {Promise<{bytes: Uint8Array<ArrayBuffer>}>} stdlib
 * @param {(error: Error) => void} fail
 */
function handOver(runtime, module, stdlib, fail) {
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

/** Compile WebAssembly while it arrives. The type is ours: what the server calls it does not matter. */
function compileArriving(stream) {
  const response = new Response(stream, {headers: {"Content-Type": "application/wasm"}});
  if (WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
  return response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
}

/** Throws where a security policy forbids WebAssembly. */
function checkAllowed() {
  try {
    new WebAssembly.Module(EMPTY_WASM);
  } catch (error) {
    throw new BlockedError(String(error));
  }
}
