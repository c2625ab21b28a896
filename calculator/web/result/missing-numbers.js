// @ts-check
// Numbers that the documents do not print: whoever knows one may type it in.

import {el, fill, goTo} from "../shared/dom.js";
import {showMoney, showRate} from "../shared/numbers.js";
import {heading} from "./sections.js";
import {typed} from "./result-field.js";

export function missing(view) {
  const {text, result} = view;
  const inputs = view.actions.inputs || {};
  const asked = [...result.missing, ...given(view, inputs)];
  if (!asked.length || !view.actions.again) return null;
  const fields = asked.map((item) => field(view, item, inputs[item.input]));
  const form = el("form", {class: "mbe-missing", novalidate: true}, heading(view, 1, null, text.missing), el("p", {}, text.missing_why),
    fields.map(({element}) => element), el("button", {type: "submit", class: "mbe-second"}, text.again));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fields.map(({check}) => check(false)).find(Boolean);
    if (wrong) return goTo(wrong);
    return view.actions.again(Object.fromEntries(fields.map(({name, read}) => [name, read()]).filter(([, value]) => value)));
  });
  return form;
}

/** The numbers that were typed in: they are no longer missing, but one may want to change them. */
function given({result, place, page}, inputs) {
  const all = Object.values(place.policies).flat().flatMap((version) => Object.entries(version.numbers));
  return Object.keys(inputs)
    .filter((input) => !result.missing.some((item) => item.input === input))
    .map((input) => ({input, asks: page.say(all.find(([name]) => name === input)[1].question)}));
}

function field(view, {input: name, asks, low, high}, value) {
  const {text, place} = view;
  const rate = Object.values(place.policies).flat().some(({numbers}) => numbers[name] && numbers[name].unit === "rate");
  const show = rate ? showRate : showMoney;
  const limits = low === undefined || (!rate && !high) ? "" : fill(text.limits, {low: show(low), high: high ? show(high) : ""});
  const id = view.id("input-" + name.replace(/\W/g, "-"));
  return {name, ...typed(view, {id, type: rate ? "rate" : "money", label: asks, name: asks, value: value ? show(value) : "", why: limits})};
}
