// @ts-check
// Errors shown to the reader: a focused summary whose lines lead to their fields; and a button that is busy.

import {el, goTo, replace} from "../shared/dom.js";

/**
 * @param {any} text the catalogue
 * @param {HTMLElement} summary
 * @param {{text: string, focus?: any, open?: () => any}[]} errors `open` makes the field visible and returns it
 */
export function showErrors(text, summary, errors) {
  summary.hidden = !errors.length;
  replace(summary);
  if (!errors.length) return;
  const goToField = (error) => (event) => {
    event.preventDefault();
    goTo(error.open ? error.open() : error.focus);
  };
  const link = (error) => el("a", {href: "#", onclick: goToField(error)}, error.text);
  summary.append(el("h2", {}, text.errors), el("ul", {}, errors.map((error) => el("li", {}, error.focus || error.open ? link(error) : error.text))));
  goTo(summary);
}

/** A fault of the request as an error: {name, member, text}; `name` is a fact, `member` an index, -1 for none. */
export function errorOfFault({name, text}) {
  const [, number, fact] = /^(?:(\d+): )?(.*)$/.exec(name) || [];
  return {name: fact, member: number ? Number(number) - 1 : -1, text};
}

/** The faults of a request in one paragraph; `defaultText` if the error has none. */
export function faultsParagraph(error, defaultText) {
  return el("p", {class: "mbe-wrong"}, (error.faults || []).map(({text}) => text).join(" ") || defaultText);
}

/** Mark a button as busy or not, and set its label; a busy button does nothing. */
export function setBusy(button, busy, label) {
  button.setAttribute("aria-disabled", busy ? "true" : "false");
  replace(button, label);
}

export function isBusy(button) {
  return button.getAttribute("aria-disabled") === "true";
}
