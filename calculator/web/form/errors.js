// @ts-check
// Errors shown to the reader: a focused summary whose lines lead to their fields; and a button that is busy.

import {el, goTo, replace} from "../shared/dom.js";

/** @import {EstimateFault, Texts} from "../../../types/estimator" */

/**
 * @param {Texts} text the catalogue
 * @param {HTMLElement} summary
 * @param {{text: string, focus?: HTMLElement | null, open?: () => HTMLElement}[]} errors `open` makes the field visible and returns it
 */
export function showErrors(text, summary, errors) {
  summary.hidden = !errors.length;
  replace(summary);
  if (!errors.length) return;
  /** @typedef {(typeof errors)[number]} Shown */
  const goToField = (/** @type {Shown} */ error) => (/** @type {Event} */ event) => {
    event.preventDefault();
    const field = error.open ? error.open() : error.focus;
    if (field) goTo(field);
  };
  const link = (/** @type {Shown} */ error) => el("a", {href: "#", onclick: goToField(error)}, error.text);
  summary.append(el("h2", {}, text.errors), el("ul", {}, errors.map((error) => el("li", {}, error.focus || error.open ? link(error) : error.text))));
  goTo(summary);
}

/**
 * A fault of the request as an error: {name, member, text}; `name` is a fact, `member` an index, -1 for none.
 *
 * @param {EstimateFault} fault
 */
export function errorOfFault({name, text}) {
  const [, number, fact] = /^(?:(\d+): )?(.*)$/.exec(name) || [];
  return {name: fact, member: number ? Number(number) - 1 : -1, text};
}

/**
 * The faults of a request in one paragraph; `defaultText` if the error has none.
 *
 * @param {any} error any: whatever was thrown
 * @param {string} defaultText
 */
export function faultsParagraph(error, defaultText) {
  return el("p", {class: "mbe-wrong"}, (error.faults || []).map((/** @type {EstimateFault} */ {text}) => text).join(" ") || defaultText);
}

/**
 * Mark a button as busy or not, and set its label; a busy button does nothing.
 *
 * @param {HTMLElement} button
 * @param {boolean} busy
 * @param {string} label
 */
export function setBusy(button, busy, label) {
  button.setAttribute("aria-disabled", busy ? "true" : "false");
  replace(button, label);
}

/** @param {HTMLElement} button */
export function isBusy(button) {
  return button.getAttribute("aria-disabled") === "true";
}
