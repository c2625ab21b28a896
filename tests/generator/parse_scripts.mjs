// Reads scripts as ECMAScript 2020 without BigInt: `node parse_scripts.mjs FILE...` prints a line for each that is not.
import {readFileSync} from "node:fs";
import {parse, tokenizer} from "acorn";

const NEWER = /(?<!\.\.)\.(at|replaceAll|findLast|findLastIndex|toSorted|toReversed|flatten|groupBy|hasIndices)\(|\b(structuredClone|AggregateError|WeakRef|FinalizationRegistry)\b|(Object\.(hasOwn|groupBy)|Promise\.(any|withResolvers)|Array\.fromAsync|crypto\.randomUUID)\b/;
const GUARD = /if \(!Object\.hasOwn\) Object\.hasOwn =|Object\.hasOwn\|\|\(Object\.hasOwn=/g; // boot.js, for Pyodide's own code

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  try {
    // A script reads as a module too, unless it says "await" or the like by name.
    parse(text, {ecmaVersion: 2020, sourceType: "module"});
    for (const token of tokenizer(text, {ecmaVersion: 2020, sourceType: "module"})) {
      if (token.type.label === "num" && typeof token.value === "bigint") console.log(`${file}: a BigInt literal`);
    }
  } catch (error) {
    console.log(`${file}: ${error.message}`);
  }
  const code = text.replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, "").replace(GUARD, "");
  const newer = NEWER.exec(code);
  if (newer) console.log(`${file}: ${newer[0]} is newer than 2020`);
}
