// @ts-check
// A text field for amounts, rates, numbers and dates: parses common ways of writing them, and echoes what it understood.

import {el, fill, replace} from "../shared/dom.js";
import {isNoDay, parseDay, parseMoney, parseMonth, parseRate, parseWhole, showMoney, showRate} from "../shared/numbers.js";

/** @import {Texts} from "../../../types/estimator" */

/** @typedef {"money" | "rate" | "whole" | "month" | "day"} TypedAs */

/**
 * Parser and echo of each type.
 *
 * @type {Record<TypedAs, {parse: (text: string) => string | number | null, echo: (value: string, text: Texts) => string}>}
 */
export const TYPED = {
  money: {parse: parseMoney, echo: (value, text) => fill(text.understood_money, {amount: showMoney(value)})},
  rate: {parse: parseRate, echo: (value, text) => fill(text.understood, {value: showRate(value)})},
  whole: {parse: parseWhole, echo: () => ""},
  month: {parse: parseMonth, echo: (value, text) => fill(text.understood, {value})},
  day: {parse: parseDay, echo: (value, text) => fill(text.understood, {value})},
};

/** @type {Partial<Record<TypedAs, string>>} */
const INPUT_MODES = {money: "decimal", rate: "decimal", whole: "numeric"};

/**
 * Read a typed text: {value}, {error}, or {} if empty. `label` names the field in the error.
 *
 * @returns {{value?: any, error?: string}}
 * @param {Texts} text
 * @param {TypedAs} type
 * @param {string} label
 * @param {string} typed
 */
export function readTyped(text, type, label, typed) {
  const trimmed = typed.trim();
  if (!trimmed) return {};
  const value = TYPED[type].parse(trimmed);
  return value === null ? {error: errorSentence(text, type, label, trimmed)} : {value};
}

/**
 * The error for a text that cannot be parsed, or is missing.
 *
 * @param {Texts} text
 * @param {TypedAs} type
 * @param {string} label
 * @param {string} typed
 */
export function errorSentence(text, type, label, typed) {
  const key = type === "day" && isNoDay(typed) ? "no_such_day" : "wrong_" + type;
  return fill(text[key], {name: label, got: typed});
}

/**
 * @param {Texts} text the catalogue
 * @param {{id: string, type: TypedAs, name?: string, value?: string | null, why?: boolean}} options `name` only for an
 *   answer of the form; `why`: the element with the id `<id>-why` describes the field
 * @returns {{input: HTMLInputElement, box: HTMLElement}} the input, and the element to insert
 */
export function typedField(text, {id, type, name, value, why}) {
  const input = el("input", {
    id, name, type: "text", inputmode: INPUT_MODES[type] || "text", autocomplete: "off", value,
    placeholder: text["example_" + type], "aria-describedby": (why ? id + "-why " : "") + id + "-echo",
  });
  const echo = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
  const updateEcho = () => {
    const {value: parsed} = readTyped(text, type, "", input.value);
    replace(echo, parsed === undefined || String(parsed) === input.value.trim() ? "" : TYPED[type].echo(parsed, text));
  };
  input.addEventListener("input", updateEcho);
  input.addEventListener("restore", updateEcho);
  const unit = type === "money" ? text.yuan : type === "rate" ? "%" : "";
  return {input, box: el("div", {class: "mbe-typed"}, input, unit ? el("span", {class: "mbe-unit", "aria-hidden": "true"}, unit) : null, echo)};
}
