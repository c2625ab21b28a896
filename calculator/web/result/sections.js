// @ts-check
// The frames that the parts of a result stand in.

import {button, el, fill, replace} from "../shared/dom.js";

/**
 * A heading: `step` 0 for the answer's, 1 for a part's.
 *
 * @param {any} view
 * @param {number} step
 * @param {object | null} attributes
 * @param {...any} children
 */
export function heading(view, step, attributes, ...children) {
  return el("h" + Math.min(6, view.level + step), attributes, ...children);
}

/** A part that stands open. */
export function block(view, title, ...children) {
  return el("div", {class: "mbe-block"}, heading(view, 1, null, title), ...children);
}

/** A part that is a list; nothing where it would be empty. */
export function list(view, title, items, show) {
  if (!items || !items.length) return null;
  return block(view, title, el("ol", {class: "mbe-list"}, items.map((item) => el("li", {}, show(item)))));
}

/** A part that opens on a tap, and is made only then. */
export function fold(title, make) {
  const body = el("div", {class: "mbe-fold"});
  const details = el("details", {class: "mbe-more"}, el("summary", {}, title), body);
  details.addEventListener("toggle", () => {
    if (details.open && !body.firstChild) replace(body, make());
  });
  return details;
}

/** A list that opens on a tap, its number of items in the title; nothing where it would be empty. */
export function folded(view, title, items, show) {
  if (!items || !items.length) return null;
  return el("details", {class: "mbe-more"},
    el("summary", {}, fill(view.page.text.count, {title, n: String(items.length)})),
    el("ul", {class: "mbe-list"}, items.map((item) => el("li", {}, show(item)))));
}

/** Buttons that lead to the questions of these facts; they are called as `called` says. */
export function chips({words, actions}, facts, before = "", called = (fact) => words.fact(fact)) {
  const chip = (fact) => button("mbe-chip", called(fact), () => actions.ask(fact));
  return el("ul", {class: "mbe-chips"}, before ? el("li", {}, before) : null, facts.map((fact) => el("li", {}, chip(fact))));
}
