// @ts-check
// What is wrong, said to the reader: a summary, focused, of which each line leads to its field; and a button that works.

import {el, goTo, replace} from "../shared/dom.js";

/**
 * @param {any} text the catalogue
 * @param {HTMLElement} summary
 * @param {{text: string, focus?: any, open?: () => any}[]} errors `open` brings a field into sight first, and gives it
 */
export function showErrors(text, summary, errors) {
  summary.hidden = !errors.length;
  replace(summary);
  if (!errors.length) return;
  const lead = (error) => (event) => {
    event.preventDefault();
    goTo(error.open ? error.open() : error.focus);
  };
  const link = (error) => el("a", {href: "#", onclick: lead(error)}, error.text);
  summary.append(el("h2", {}, text.errors), el("ul", {}, errors.map((error) => el("li", {}, error.focus || error.open ? link(error) : error.text))));
  goTo(summary);
}

/** What the calculator refuses: {name, member, text}; `name` is a fact, `member` whose it is, -1 where there is none. */
export function refused({name, text}) {
  const [, number, fact] = /^(?:(\d+): )?(.*)$/.exec(name) || [];
  return {name: fact, member: number ? Number(number) - 1 : -1, text};
}

/** What the calculator refuses, in one paragraph; `otherwise` where it is no refusal. */
export function refusal(error, otherwise) {
  return el("p", {class: "mbe-wrong"}, (error.faults || []).map(({text}) => text).join(" ") || otherwise);
}

/** Show on a button that its work is being done: it does nothing meanwhile. */
export function busy(button, yes, words) {
  button.setAttribute("aria-disabled", yes ? "true" : "false");
  replace(button, words);
}

export function isBusy(button) {
  return button.getAttribute("aria-disabled") === "true";
}
