// @ts-check
// Numbers that the documents do not print: whoever knows one may type it in.

import {el, fill, goTo, replace} from "../dom.js";
import {parseMoney, parseRate, showMoney, showRate} from "../numbers.js";
import {heading} from "./frames.js";

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
    const wrong = fields.map(({check}) => check()).find(Boolean);
    if (wrong) return goTo(wrong);
    const typed = {};
    for (const {name, read} of fields) if (read()) typed[name] = read();
    return view.actions.again(typed);
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
  const {page: {text: shared}, text, place} = view;
  const rate = Object.values(place.policies).flat().some(({numbers}) => numbers[name] && numbers[name].unit === "rate");
  const [parse, show] = rate ? [parseRate, showRate] : [parseMoney, showMoney];
  const id = view.id("input-" + name.replace(/\W/g, "-"));
  const limits = low === undefined || (!rate && !high) ? "" : fill(text.limits, {low: show(low), high: high ? show(high) : ""});
  const input = el("input", {id, type: "text", inputmode: "decimal", autocomplete: "off", placeholder: rate ? shared.example_rate : shared.example_money,
    value: value ? show(value) : "", "aria-describedby": id + "-why " + id + "-echo"});
  const wrong = el("p", {class: "mbe-wrong", hidden: true});
  const echo = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
  const read = () => parse(input.value);
  input.addEventListener("input", () => {
    const found = input.value.trim() ? read() : null;
    replace(echo, found === null ? "" : rate ? fill(shared.understood, {value: show(found)}) : fill(shared.understood_money, {amount: show(found)}));
  });
  const check = () => {
    const bad = input.value.trim() !== "" && read() === null;
    wrong.hidden = !bad;
    replace(wrong, bad ? fill(shared[rate ? "wrong_rate" : "wrong_money"], {name: asks, got: input.value}) : "");
    input.setAttribute("aria-invalid", bad ? "true" : "false");
    return bad ? input : null;
  };
  const element = el("div", {class: "mbe-question"}, el("label", {class: "mbe-label", for: id}, asks), el("p", {class: "mbe-why", id: id + "-why"}, limits),
    el("div", {class: "mbe-typed"}, input, el("span", {class: "mbe-unit", "aria-hidden": "true"}, rate ? "%" : shared.yuan), echo), wrong);
  return {name, element, read, check};
}
