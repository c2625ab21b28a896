// @ts-check
// A field of a result's own small forms: typed as people write, echoed, and marked where it is not clear.

import {wrongly} from "../answers.js";
import {el, fill, replace} from "../dom.js";
import {parseDay, parseMoney, showMoney} from "../numbers.js";

const PARSE = {money: parseMoney, day: parseDay};

/**
 * @param {any} view
 * @param {{id: string, type: "money" | "day", label: any, name: string, value?: string, bare?: boolean}} how
 *   `label` is shown, `name` stands in what is said about a mistake; `bare`: the label is for reading aloud only
 */
export function typed(view, {id, type, label, name, value, bare}) {
  const {text: shared} = view.page;
  const input = el("input", {
    id, type: "text", inputmode: type === "money" ? "decimal" : "text", autocomplete: "off", value: value || "",
    placeholder: shared["example_" + type], "aria-describedby": id + "-echo",
  });
  const echo = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
  const wrong = el("p", {class: "mbe-wrong", hidden: true});
  const read = () => PARSE[type](input.value);
  const listen = () => {
    const found = input.value.trim() ? read() : null;
    const plain = found === null || found === input.value.trim();
    replace(echo, plain ? "" : fill(type === "money" ? shared.understood_money : shared.understood, {value: found, amount: showMoney(found)}));
  };
  input.addEventListener("input", listen);
  /** Say beside the field that something is wrong with it: a sentence, or nothing. */
  const mark = (sentence) => {
    wrong.hidden = !sentence;
    replace(wrong, sentence || "");
    input.setAttribute("aria-invalid", sentence ? "true" : "false");
    return sentence ? input : null;
  };
  /** The field, if what is typed in it is not clear. */
  const check = (required) => mark((input.value.trim() || required) && read() === null ? wrongly(shared, type, name, input.value.trim()) : "");
  const element = el("div", {class: "mbe-question"},
    el("label", {class: bare ? "mbe-hidden" : "mbe-label", for: id}, label),
    el("div", {class: "mbe-typed"}, input, type === "money" ? el("span", {class: "mbe-unit", "aria-hidden": "true"}, shared.yuan) : null, echo), wrong);
  return {element, input, read: () => (input.value.trim() ? read() : null), check, mark};
}
