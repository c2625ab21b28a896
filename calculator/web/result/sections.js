// @ts-check
// Containers for the sections of a result.

import {button, el, fill, replace} from "../shared/dom.js";

/** @import {Actions, View} from "../../../types/estimator" */
/** @import {Children} from "../shared/dom.js" */

/**
 * A heading: `step` 0 for the answer's, 1 for a section's.
 *
 * @param {View} view
 * @param {number} step
 * @param {object | null} attributes
 * @param {Children[]} children
 */
export function heading(view, step, attributes, ...children) {
  return el(/** @type {"h2"} */ ("h" + Math.min(6, view.level + step)), attributes, ...children);
}

/** A section that is always open. @param {View} view @param {string} title @param {Children[]} children */
export function block(view, title, ...children) {
  return el("div", {class: "mbe-block"}, heading(view, 1, null, title), ...children);
}

/**
 * A section with a list; null if it is empty.
 *
 * @template Item
 * @param {View} view
 * @param {string} title
 * @param {Item[]} items
 * @param {(item: Item) => Children} contentOf
 */
export function list(view, title, items, contentOf) {
  if (!items || !items.length) return null;
  return block(view, title, el("ol", {class: "mbe-list"}, items.map((item) => el("li", {}, contentOf(item)))));
}

/**
 * A folded section; its content is created when it is opened.
 *
 * @param {string} title
 * @param {() => Children} createContent
 */
export function fold(title, createContent) {
  const body = el("div", {class: "mbe-fold"});
  const details = el("details", {class: "mbe-more"}, el("summary", {}, title), body);
  details.addEventListener("toggle", () => {
    if (details.open && !body.firstChild) replace(body, createContent());
  });
  return details;
}

/**
 * A folded list with the number of items in its title; null if it is empty.
 *
 * @template Item
 * @param {View} view
 * @param {string} title
 * @param {Item[]} items
 * @param {(item: Item) => Children} contentOf
 */
export function foldedList(view, title, items, contentOf) {
  if (!items || !items.length) return null;
  return el("details", {class: "mbe-more"},
    el("summary", {}, fill(view.page.text.count, {title, n: String(items.length)})),
    el("ul", {class: "mbe-list"}, items.map((item) => el("li", {}, contentOf(item)))));
}

/**
 * Buttons that lead to the questions about these facts, after a text `before`.
 *
 * @param {Pick<View, "words"> & {actions: Pick<Actions, "ask">}} view
 * @param {string[]} facts
 * @param {string} [before]
 * @param {(fact: string) => string} [labelOf]
 */
export function chips({words, actions}, facts, before = "", labelOf = (/** @type {string} */ fact) => words.fact(fact)) {
  const chip = (/** @type {string} */ fact) => button("mbe-chip", labelOf(fact), () => actions.ask(fact));
  return el("ul", {class: "mbe-chips"}, before ? el("li", {}, before) : null, facts.map((fact) => el("li", {}, chip(fact))));
}
