// @ts-check
// A text field for amounts, rates, numbers and dates: says back what it understood, and asks where a text may mean more.

import {button, el, fill, replace} from "../shared/dom.js";
import {faultSaid, readText, valueSaid} from "./said-back.js";

/** @import {Page} from "../../../types/estimator" */
/** @import {Definition, Reading} from "../../../types/reading" */

/** @type {Record<string, string>} */
const INPUT_MODES = {money: "decimal", rate: "decimal"};
const AS_TYPED = ["day", "month"]; // said back only if it was written in another way

/**
 * Read a typed text: {value}, {error}, or {} if empty or not known. `label` names the field in the error.
 *
 * @param {Page} page
 * @param {Definition} fact
 * @param {string} label
 * @param {string} typed
 * @returns {{value?: any, error?: string}}
 */
export function readTyped(page, fact, label, typed) {
  const reading = readText(page, fact, typed);
  if (reading.kind === "value") return {value: reading.value};
  return reading.kind === "empty" || reading.kind === "unknown" ? {} : {error: errorSentence(page, fact, label, typed)};
}

/**
 * The error for a text that cannot be read, or is missing.
 *
 * @param {Page} page
 * @param {Definition} fact
 * @param {string} label
 * @param {string} typed
 */
export function errorSentence(page, fact, label, typed) {
  const trimmed = typed.trim();
  return fill(page.text.read.wrong, {name: label, why: faultSaid(page, fact, readText(page, fact, trimmed), trimmed)});
}

/** A text that is read as this candidate, without a question. @param {Page} page @param {Definition} fact @param {Reading} candidate */
function unambiguous(page, fact, candidate) {
  const text = fact.type === "rate" ? candidate.figures.n + "%" : String(candidate.value);
  return readText(page, fact, text).kind === "value" ? text : text + page.text.read.sure;
}

/**
 * @param {Page} page
 * @param {{id: string, fact: Definition, name?: string, value?: string | null, why?: boolean}} options `name` only for an
 *   answer of the form; `why`: the element with the id `<id>-why` describes the field
 * @returns {{input: HTMLInputElement, box: HTMLElement}} the input, and the element to insert
 */
export function typedField(page, {id, fact, name, value, why}) {
  const {text} = page;
  const input = el("input", {
    id, name, type: "text", inputmode: INPUT_MODES[fact.type] || "text", autocomplete: "off", value,
    placeholder: text["example_" + fact.type], "aria-describedby": (why ? id + "-why " : "") + id + "-echo",
  });
  const echo = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
  const choose = (/** @type {Reading} */ candidate) => button("mbe-second", fill(text.read.yes_it_is, {say: valueSaid(page, fact, candidate)}), () => {
    input.value = unambiguous(page, fact, candidate);
    input.dispatchEvent(new Event("input", {bubbles: true}));
    input.focus();
  });
  const updateEcho = () => {
    const reading = readText(page, fact, input.value);
    const isPlain = AS_TYPED.includes(fact.type) && reading.value === input.value.trim();
    if (reading.kind === "ask") replace(echo, faultSaid(page, fact, reading, input.value.trim()), " ", ...reading.candidates.map(choose));
    else replace(echo, reading.kind !== "value" || isPlain ? "" : fill(text.read.understood, {say: valueSaid(page, fact, reading)}));
  };
  input.addEventListener("input", updateEcho);
  input.addEventListener("restore", updateEcho);
  const unit = fact.type === "money" ? text.yuan : fact.type === "rate" ? "%" : "";
  return {input, box: el("div", {class: "mbe-typed"}, input, unit ? el("span", {class: "mbe-unit", "aria-hidden": "true"}, unit) : null, echo)};
}
