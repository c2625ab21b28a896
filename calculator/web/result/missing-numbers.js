// @ts-check
// Numbers that the sources do not state: a reader who knows one can type it in.

import {el, fill, goTo} from "../shared/dom.js";
import {showMoney, showRate} from "../shared/numbers.js";
import {heading} from "./sections.js";
import {resultField} from "./result-field.js";

/** @import {Inputs, View} from "../../../types/estimator" */
/** @typedef {{input: string, asks: string, low?: string, high?: string | null}} Wanted a number that may be typed in */

/** @param {View} view */
export function missingNumbers(view) {
  const {text, result} = view;
  const inputs = view.actions.inputs || {};
  const items = [...result.missing, ...typedBefore(view, inputs)];
  const {again} = view.actions;
  if (!items.length || !again) return null;
  const fields = items.map((item) => field(view, item, inputs[item.input]));
  const form = el("form", {class: "mbe-missing", novalidate: true}, heading(view, 1, null, text.missing), el("p", {}, text.missing_why),
    fields.map(({element}) => element), el("button", {type: "submit", class: "mbe-second"}, text.again));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fields.map(({check}) => check(false)).find(Boolean);
    if (wrong) return goTo(wrong);
    return again(Object.fromEntries(fields.map(({name, read}) => [name, read()]).filter(([, value]) => value)));
  });
  return form;
}

/**
 * Numbers that were typed in: no longer missing, but the reader may change them.
 *
 * @param {View} view
 * @param {Inputs} inputs
 */
function typedBefore({result, place, page}, inputs) {
  const numbers = Object.values(place.policies).flat().flatMap((version) => Object.entries(version.numbers));
  return Object.keys(inputs)
    .filter((input) => !result.missing.some((item) => item.input === input))
    .map((input) => {
      const number = numbers.find(([name]) => name === input);
      return {input, asks: page.say(number && number[1].question)};
    });
}

/** @param {View} view @param {Wanted} wanted @param {string | number | undefined} value */
function field(view, {input: name, asks, low, high}, value) {
  const {text, place} = view;
  const isRate = Object.values(place.policies).flat().some(({numbers}) => numbers[name] && numbers[name].unit === "rate");
  const format = isRate ? showRate : showMoney;
  const limits = low === undefined || (!isRate && !high) ? "" : fill(text.limits, {low: format(low), high: high ? format(high) : ""});
  const id = view.id("input-" + name.replace(/\W/g, "-"));
  return {name, ...resultField(view, {id, type: isRate ? "rate" : "money", label: asks, name: asks, value: value ? format(String(value)) : "", why: limits})};
}
