// @ts-check
// A field of the forms inside a result; it shows its own error.

import {el, replace} from "../shared/dom.js";
import {errorSentence, readTyped, typedField} from "../form/typed-field.js";

/** @import {View} from "../../../types/estimator" */

/**
 * @param {View} view
 * @param {{id: string, type: "money" | "rate" | "day", label: string, name: string, value?: string, hideLabel?: boolean, why?: string}} options
 *   `label` is shown, `name` is used in errors; `hideLabel`: only for screen readers; `why`: description
 */
export function resultField(view, {id, type, label, name, value = "", hideLabel, why}) {
  const {page} = view;
  const fact = {type};
  const {input, box} = typedField(page, {id, fact, value, why: why !== undefined});
  const error = el("p", {class: "mbe-wrong", hidden: true});
  /** Show an error, or none; returns the input if there is one. */
  const mark = (/** @type {string} */ sentence) => {
    error.hidden = !sentence;
    replace(error, sentence || "");
    input.setAttribute("aria-invalid", sentence ? "true" : "false");
    return sentence ? input : null;
  };
  /** Check the typed text; returns the input if it is invalid. */
  const check = (/** @type {boolean} */ required) => {
    const trimmed = input.value.trim();
    return mark(required && !trimmed ? errorSentence(page, fact, name, "") : readTyped(page, fact, name, trimmed).error || "");
  };
  const element = el("div", {class: "mbe-question"},
    el("label", {class: hideLabel ? "mbe-hidden" : "mbe-label", for: id}, label),
    why === undefined ? null : el("p", {class: "mbe-why", id: id + "-why"}, why), box, error);
  return {element, input, read: () => readTyped(page, fact, name, input.value).value || null, check, mark};
}
