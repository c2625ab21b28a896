// @ts-check
// The same bill under the rules of other periods: before and after each revision.

import {el, fill} from "../shared/dom.js";
import {fold} from "./sections.js";

/** @import {Estimate, View} from "../../../types/estimator" */
/** @typedef {{from: string | null, to: string | null, current: boolean, day: string}} Period `day` to estimate for */

/** @param {string} day */
function dayBefore(day) {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/**
 * The periods between changes of the rules.
 *
 * @param {string[]} starts first days of changed rules, in order
 * @param {string} billDay
 * @returns {Period[]}
 */
export function periods(starts, billDay) {
  return [null, ...starts].map((from, index) => {
    const to = index < starts.length ? dayBefore(starts[index]) : null;
    const current = (!from || from <= billDay) && (!to || billDay <= to);
    return {from, to, current, day: current ? billDay : from || to || billDay};
  });
}

/** @param {View} view */
export function compareDates(view) {
  const {text, result, actions, place} = view;
  const allPeriods = periods(place.form.changes, result.date);
  if (!actions.estimate || !result.self_pays || result.visits || allPeriods.length < 2) return null;
  return fold(text.dates, () => {
    const body = el("tbody", {});
    for (const period of allPeriods) {
      const cell = el("td", {}, "…");
      const row = el("tr", {class: period.current ? "mbe-this" : null}, el("th", {scope: "row"}, periodName(view, period)), cell);
      body.append(row);
      fillRow(view, period, row, cell);
    }
    return [
      el("p", {}, text.dates_why[place.form.event]),
      el("table", {class: "mbe-table mbe-two"}, el("caption", {}, fill(text.dates_note, {total: view.words.amount(result.total_cost)})),
        el("thead", {}, el("tr", {}, el("th", {scope: "col"}, text.period), el("th", {scope: "col"}, text.you_pay))), body),
    ];
  });
}

/** @param {View} view @param {Period} period */
function periodName({text, page}, {from, to, current}) {
  let name;
  if (!from) name = fill(text.until, {to: page.day(/** @type {string} */ (to))});
  else if (!to) name = fill(text.from_on, {from: page.day(from)});
  else name = fill(text.from_to, {from: page.day(from), to: page.day(to)});
  return [name, current ? el("span", {class: "mbe-tag"}, text.this_one) : null];
}

/**
 * Estimate for one period; the row is removed if no rules of that period are known.
 *
 * @param {View} view
 * @param {Period} period
 * @param {HTMLElement} row
 * @param {HTMLElement} cell
 */
async function fillRow({words, result, text, actions}, {day, current, from}, row, cell) {
  try {
    const {self_pays: pays} = current ? result : await /** @type {Estimate} */ (actions.estimate)({date: day});
    if (!pays && !from) row.remove();
    else cell.textContent = pays ? words.amount(pays) : text.not_settled;
  } catch (_) {
    cell.textContent = text.not_settled;
  }
}
