// @ts-check
// What a text was taken for, in words: generator/mingbai/i18n/said_back.py says the same. The words are in the catalogue.

import {fill} from "../shared/dom.js";
import {read} from "../shared/reader.js";

/** @typedef {{kind: string, key: string, value: any, figures: Record<string, any>, candidates: any[]}} Reading */
/** @typedef {Record<string, any>} Fact */

/** Today where the reader is, as `2026-11-30`. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** What is known of a fact, of a number that a policy asks for, or of the day of a bill; undefined for none. @returns {Fact | undefined} */
export function definitionOf(/** @type {any} */ page, /** @type {string} */ name) {
  if (name === "date") return {type: "day"};
  if (page.reading.facts[name]) return page.reading.facts[name];
  const policies = page.bundle ? Object.values(page.bundle.places[page.place].policies).flat() : [];
  const number = policies.map((/** @type {any} */ version) => version.numbers[name]).find(Boolean);
  return number && {type: number.unit};
}

/** @returns {Reading} */
export function readText(/** @type {any} */ page, /** @type {Fact} */ fact, /** @type {string} */ text) {
  return read(page.reading.rules, fact, text, today());
}

/** A value, with its unit. @returns {string} */
export function valueSaid(/** @type {any} */ page, /** @type {Fact} */ fact, /** @type {Reading} */ {key, figures}) {
  if (key === "options") return optionsSaid(page, fact, figures.options);
  const [one, many] = page.text.read.value[key].split("|");
  return fill(many && figures.n !== "1" ? many : one, figures);
}

function optionsSaid(/** @type {any} */ page, /** @type {Fact} */ fact, /** @type {string[]} */ options) {
  return options.map((option) => page.say(fact.options[option])).join(page.text.comma);
}

/** What is wrong with a text, or must be asked again. @returns {string} */
export function faultSaid(/** @type {any} */ page, /** @type {Fact} */ fact, /** @type {Reading} */ {kind, key, figures, candidates}, /** @type {string} */ got) {
  const words = page.text.read;
  /** @type {Record<string, any>} */
  const said = {got, ...figures};
  for (const each of ["unit", "other"]) if (each in said) said[each] = words.units[said[each] || "none"];
  if (kind === "ask") return fill(words.ask[key], {...said, candidates: candidates.map((each) => valueSaid(page, fact, each)).join(words.or)});
  if (key !== "choice") return fill(words.fault[key || kind], said);
  if (figures.nearest) return fill(words.fault.nearest, {got, nearest: optionsSaid(page, fact, [figures.nearest])});
  return fill(words.fault.choice, {got, options: optionsSaid(page, fact, figures.options)});
}

/** What `mingbai read` prints of a text: {text, value, say}, {text, fault} or {text, ask}. */
export function told(/** @type {any} */ page, /** @type {string} */ name, /** @type {string} */ text) {
  const fact = definitionOf(page, name);
  if (!fact) throw new Error("no fact or number of this place is called " + name);
  const reading = readText(page, fact, String(text));
  if (reading.kind === "value" || reading.kind === "unknown") return {text, value: reading.value, say: valueSaid(page, fact, reading)};
  const sentence = faultSaid(page, fact, reading, String(text));
  return reading.kind === "ask" ? {text, ask: sentence} : {text, fault: sentence};
}
