// @ts-check
// The same bill at each level of hospital.

import {el, fill, replace} from "../shared/dom.js";
import {block} from "./sections.js";

/** @import {Amount, ComparedLevel, View} from "../../../types/estimator" */

/** The comparison, filled when the calculator has answered; null if it does not apply. @param {View} view */
export function compareHospitals(view) {
  const {result, actions, place} = view;
  if (!actions.estimate || !result.self_pays || result.visits || !place.asks_facts.includes("hospital_level")) return null;
  const container = el("div", {class: "mbe-compare"});
  const compared = result.compare ? Promise.resolve(result) : actions.estimate({compare: true});
  compared.then(({compare: levels}) => {
    if (levels && levels.filter(({self_pays: pays}) => pays).length > 1) replace(container, table(view, levels));
  }, () => {}); // the page shows what failed
  return container;
}

/** @param {View} view @param {ComparedLevel[]} levels */
function table(view, levels) {
  const {text, words, result} = view;
  const total = Number(result.total_cost ? result.total_cost.low : 0);
  const row = (/** @type {ComparedLevel} */ {name, given, self_pays: pays}) => el("tr", {class: given ? "mbe-this" : null},
    el("th", {scope: "row"}, name, given ? el("span", {class: "mbe-tag"}, text.this_one) : null),
    el("td", {}, pays ? words.amount(pays) : text.not_settled, pays && total ? rangeBar(pays, total) : null));
  return block(view, text.compare,
    el("table", {class: "mbe-table mbe-two"},
      el("caption", {}, fill(text.compare_note, {total: words.amount(result.total_cost)})),
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, text.hospital), el("th", {scope: "col"}, text.you_pay))),
      el("tbody", {}, levels.map(row))));
}

/**
 * The part of the bill as a bar: filled up to the lower bound, hatched up to the upper one.
 *
 * @param {Amount} range
 * @param {number} total
 */
function rangeBar({low, high}, total) {
  const width = (/** @type {string | number} */ yuan) => Math.min(100, (100 * Number(yuan)) / total);
  const certain = el("span", {class: "mbe-sure"});
  const open = el("span", {class: "mbe-open"});
  certain.style.setProperty("width", width(low) + "%");
  open.style.setProperty("width", width(high === null ? total : high) - width(low) + "%");
  return el("span", {class: "mbe-strip", "aria-hidden": "true"}, certain, open);
}
