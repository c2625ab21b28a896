// @ts-check
// A field to type into, wherever one stands: what is typed is understood as people write it, and said back.

import {el, fill, replace} from "../shared/dom.js";
import {isNoDay, parseDay, parseMoney, parseMonth, parseRate, parseWhole, showMoney, showRate} from "../shared/numbers.js";

/** How a text of each type is understood, and said back. */
export const TYPED = {
  money: {parse: parseMoney, echo: (value, text) => fill(text.understood_money, {amount: showMoney(value)})},
  rate: {parse: parseRate, echo: (value, text) => fill(text.understood, {value: showRate(value)})},
  whole: {parse: parseWhole, echo: () => ""},
  month: {parse: parseMonth, echo: (value, text) => fill(text.understood, {value})},
  day: {parse: parseDay, echo: (value, text) => fill(text.understood, {value})},
};

const KEYS = {money: "decimal", rate: "decimal", whole: "numeric"};

/** Read a typed text: {value}, {error}, or {} where nothing was typed. `label` is what it should be. @returns {{value?: any, error?: string}} */
export function readTyped(text, type, label, typed) {
  const given = typed.trim();
  if (!given) return {};
  const value = TYPED[type].parse(given);
  return value === null ? {error: wrongly(text, type, label, given)} : {value};
}

/** What is wrong with a text that is not understood, or that is missing. */
export function wrongly(text, type, label, typed) {
  const key = type === "day" && isNoDay(typed) ? "no_such_day" : "wrong_" + type;
  return fill(text[key], {name: label, got: typed});
}

/**
 * @param {any} text the catalogue
 * @param {{id: string, type: string, name?: string, value?: string | null, why?: boolean}} how `name` for what is an
 *   answer of the form; `why`: a sentence with the id `<id>-why` says more
 * @returns {{input: HTMLInputElement, box: HTMLElement}} the input, and what it stands in
 */
export function typedField(text, {id, type, name, value, why}) {
  const input = el("input", {
    id, name, type: "text", inputmode: KEYS[type] || "text", autocomplete: "off", value,
    placeholder: text["example_" + type], "aria-describedby": (why ? id + "-why " : "") + id + "-echo",
  });
  const echo = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
  const listen = () => {
    const {value: found} = readTyped(text, type, "", input.value);
    replace(echo, found === undefined || String(found) === input.value.trim() ? "" : TYPED[type].echo(found, text));
  };
  input.addEventListener("input", listen);
  input.addEventListener("restore", listen);
  const unit = {money: text.yuan, rate: "%"}[type];
  return {input, box: el("div", {class: "mbe-typed"}, input, unit ? el("span", {class: "mbe-unit", "aria-hidden": "true"}, unit) : null, echo)};
}
