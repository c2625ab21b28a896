// @ts-check
// The summary of what is wrong: focused, each line leads to its field.

import {el, goTo, replace} from "./dom.js";

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
