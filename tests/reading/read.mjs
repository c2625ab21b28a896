// Reads a text a line, {"fact", "text", "today"} as JSON, with the reader that the browser runs; prints each reading.
// node read.mjs <rules.json> <facts.json>

import {readFileSync} from "node:fs";
import {read} from "../../calculator/web/shared/reader.js";

const [rules, facts] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const lines = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
process.stdout.write(lines.map(({fact, text, today}) => JSON.stringify(read(rules, facts[fact], text, today)) + "\n").join(""));
