// Boots Pyodide in node the way the page does, lets it answer requests, and writes down what was imported.
//
// node trace_stdlib.mjs ORDER.json   with {pyodide, stdlib, calculator, bundle, requests, result}: a folder, and files;
// `result` becomes {python, magic, modules: {name: origin}, answers: [[kind, text]]}

import {readFileSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const {loadPyodide} = createRequire(import.meta.url)(order.pyodide + "/pyodide.js");
const lock = {...JSON.parse(readFileSync(order.pyodide + "/pyodide-lock.json", "utf8")), packages: {}};
const folder = order.pyodide + "/";

const WHEEL = "/lib/mingbai_calculator.whl"; // as in calculator/web/engine/boot.js
const python = await loadPyodide({indexURL: folder, packageBaseUrl: folder, stdLibURL: order.stdlib, lockFileContents: lock});
python.FS.writeFile(WHEEL, readFileSync(order.calculator));
python.runPython(`import sys; sys.path.insert(0, "${WHEEL}")`);
const answer = python.runPython("from mingbai_calculator.browser import calculator; calculator")(readFileSync(order.bundle, "utf8"));

const answers = [];
for (const [request, lang] of JSON.parse(readFileSync(order.requests, "utf8"))) {
  const proxy = answer(request, lang);
  answers.push(proxy.toJs());
  proxy.destroy();
}

try {
  answer(1, 2); // what goes wrong in Python has to reach the page in words
  throw new Error("a request that is no text was answered");
} catch (error) {
  if (error.type !== "TypeError") throw error;
}

const found = JSON.parse(python.runPython(`
import json
import sys
from _frozen_importlib_external import MAGIC_NUMBER
json.dumps({
    "python": sys.version.split()[0],
    "magic": MAGIC_NUMBER.hex(),
    "modules": {
        name: module.__spec__.origin
        for name, module in sys.modules.items()
        if getattr(module, "__spec__", None) is not None
    },
})`));
writeFileSync(order.result, JSON.stringify({...found, answers}));
