// @ts-check
// What a text was taken for, in words: generator/mingbai/i18n/said_back.py says the same. The words are in the catalogue.

import {fill} from "../shared/dom.js";
import {read} from "../shared/reader.js";

/** @import {Page} from "../../../types/estimator" */
/** @import {Definition, Reading} from "../../../types/reading" */

/** Today where the reader is, as `2026-11-30`. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * What is known of a fact, of a number that a policy asks for, or of the day of a bill. Throws for any other name.
 *
 * @param {Page} page
 * @param {string} name
 * @returns {Definition}
 */
export function definitionOf(page, name) {
  if (name === "date") return {type: "day"};
  if (page.reading.facts[name]) return page.reading.facts[name];
  const policies = page.bundle ? Object.values(page.bundle.places[page.place].policies).flat() : [];
  const number = policies.map((version) => version.numbers[name]).find(Boolean);
  if (!number) throw new Error("no fact or number of this place is called " + name);
  return {type: number.unit};
}

/** @param {Page} page @param {Definition} fact @param {string} text @returns {Reading} */
export function readText(page, fact, text) {
  return read(page.reading.rules, fact, text, today());
}

/** A value, with its unit. @param {Page} page @param {Definition} fact @param {Reading} reading @returns {string} */
export function valueSaid(page, fact, {key, figures}) {
  if (key === "options") return optionsSaid(page, fact, figures.options);
  const [one, many] = page.text.read.value[key].split("|");
  return fill(many && figures.n !== "1" ? many : one, /** @type {Record<string, string>} */ (figures));
}

/** @param {Page} page @param {Definition} fact @param {readonly string[]} [ids] */
function optionsSaid(page, {options = {}}, ids = []) {
  return ids.map((option) => page.say(options[option])).join(page.text.comma);
}

/**
 * What is wrong with a text, or must be asked again.
 *
 * @param {Page} page
 * @param {Definition} fact
 * @param {Reading} reading
 * @param {string} got the text
 * @returns {string}
 */
export function faultSaid(page, fact, {kind, key, figures, candidates}, got) {
  const words = page.text.read;
  /** @type {Record<string, string>} */ const said = {got, .../** @type {Record<string, string>} */ (figures)};
  for (const each of ["unit", "other"]) if (each in said) said[each] = words.units[said[each] || "none"];
  if (kind === "ask") return fill(words.ask[key], {...said, candidates: candidates.map((each) => valueSaid(page, fact, each)).join(words.or)});
  if (key !== "choice") return fill(words.fault[key || kind], said);
  if (figures.nearest) return fill(words.fault.nearest, {got, nearest: optionsSaid(page, fact, [figures.nearest])});
  return fill(words.fault.choice, {got, options: optionsSaid(page, fact, figures.options)});
}

/** What `mingbai read` prints of a text: {text, value, say}, {text, fault} or {text, ask}. @param {Page} page @param {string} name @param {string} text */
export function told(page, name, text) {
  const fact = definitionOf(page, name);
  const reading = readText(page, fact, String(text));
  if (reading.kind === "value" || reading.kind === "unknown") return {text, value: reading.value, say: valueSaid(page, fact, reading)};
  const sentence = faultSaid(page, fact, reading, String(text));
  return reading.kind === "ask" ? {text, ask: sentence} : {text, fault: sentence};
}
