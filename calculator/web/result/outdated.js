// @ts-check
// A result that no longer answers what the reader has typed since: it says so, and what would take it elsewhere (print,
// picture, copy) waits until it is worked out anew.

import {button, el, replace} from "../shared/dom.js";

/** @import {Texts} from "../../../types/estimator" */

const OUTDATED = "mbe-outdated";
export const WAITS = "mbe-waits"; // class of the buttons that wait

/**
 * Mark a shown result as out of date; nothing happens if it is hidden or marked already.
 *
 * @param {HTMLElement} element that holds the result
 * @param {Texts} text the catalogue
 * @param {() => unknown} again works it out anew
 */
export function markOutdated(element, text, again) {
  if (element.hidden || element.classList.contains(OUTDATED)) return;
  element.classList.add(OUTDATED);
  element.prepend(el("div", {class: "mbe-notice-outdated", role: "status"},
    el("p", {}, text.result.outdated), button("mbe-second mbe-anew", text.result.work_out_anew, () => again())));
  for (const shared of element.querySelectorAll(".mbe-shared")) replace(/** @type {HTMLElement} */ (shared));
  holdBack(element);
}

/** Switch off the buttons that wait, if they lie in a result that is out of date. @param {HTMLElement} part */
export function holdBack(part) {
  if (!part.closest("." + OUTDATED)) return;
  for (const waiting of part.querySelectorAll("." + WAITS)) /** @type {HTMLButtonElement} */ (waiting).disabled = true;
}

/**
 * Mark a result as out of date when a number of a policy is typed into it.
 *
 * @param {HTMLElement} element that holds results
 * @param {Texts} text the catalogue
 */
export function watchNumbers(element, text) {
  element.addEventListener("input", ({target}) => {
    const form = /** @type {Element} */ (target).closest(".mbe-missing");
    if (form) markOutdated(element, text, () => /** @type {HTMLElement} */ (form.querySelector("[type=submit]")).click());
  });
}

/** The element holds a new result. @param {HTMLElement} element */
export function markCurrent(element) {
  element.classList.remove(OUTDATED);
}
