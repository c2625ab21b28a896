// Checks every JSON file that mingbai.pages.data.data makes in a folder against the schema that it names; prints how many there are.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

const site = process.argv[2];
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, strictRequired: false, validateFormats: false });
const read = (path) => JSON.parse(readFileSync(join(site, path), "utf-8"));
const schemas = new Map();
let checked = 0;
for (const name of readdirSync(join(site, "data"), { recursive: true })) {
  if (!/^(index|policies\/.*|revisions\/.*)\.json$/.test(name)) continue; // the others are the estimator's
  const value = read(join("data", name));
  if (!schemas.has(value.schema)) schemas.set(value.schema, ajv.compile(read(value.schema)));
  const validate = schemas.get(value.schema);
  checked += 1;
  if (!validate(value)) {
    console.error(name, validate.errors.slice(0, 3).map((error) => `${error.instancePath} ${error.message}`).join("; "));
    process.exitCode = 1;
  }
}
console.log(checked);
