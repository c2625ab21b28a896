// @ts-check
// A field of a result's own small forms, which says itself where it is not clear.

import {el, replace} from "../shared/dom.js";
import {TYPED, readTyped, typedField, wrongly} from "../form/typed-field.js";

/**
 * @param {any} view
 * @param {{id: string, type: "money" | "rate" | "day", label: any, name: string, value?: string, bare?: boolean, why?: string}} how
 *   `label` is shown, `name` stands in what is said about a mistake; `bare`: the label is for reading aloud only;
 *   `why` says more
 */
export function typed(view, {id, type, label, name, value = "", bare, why}) {
  const {text} = view.page;
  const {input, box} = typedField(text, {id, type, value, why: why !== undefined});
  const wrong = el("p", {class: "mbe-wrong", hidden: true});
  /** Say beside the field that something is wrong with it: a sentence, or nothing. */
  const mark = (sentence) => {
    wrong.hidden = !sentence;
    replace(wrong, sentence || "");
    input.setAttribute("aria-invalid", sentence ? "true" : "false");
    return sentence ? input : null;
  };
  /** The field, if what is typed in it is not clear. */
  const check = (required) => {
    const given = input.value.trim();
    return mark(required && !given ? wrongly(text, type, name, "") : readTyped(text, type, name, given).error || "");
  };
  const element = el("div", {class: "mbe-question"},
    el("label", {class: bare ? "mbe-hidden" : "mbe-label", for: id}, label),
    why === undefined ? null : el("p", {class: "mbe-why", id: id + "-why"}, why), box, wrong);
  return {element, input, read: () => (input.value.trim() ? TYPED[type].parse(input.value.trim()) : null), check, mark};
}
