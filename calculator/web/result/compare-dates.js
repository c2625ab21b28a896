// @ts-check
// The same bill by the rules of another time: before and after each revision.

import {el, fill} from "../shared/dom.js";
import {fold} from "./sections.js";

function dayBefore(day) {
  const date = new Date(day + "T00:00:00Z");
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** The times between changes (first days, in order): [{from, to, here, day}], `day` being the one to work with. */
export function periods(starts, today) {
  return [null, ...starts].map((from, index) => {
    const to = index < starts.length ? dayBefore(starts[index]) : null;
    const here = (!from || from <= today) && (!to || today <= to);
    return {from, to, here, day: here ? today : from || to};
  });
}

export function dates(view) {
  const {text, result, actions, place} = view;
  const all = periods(place.form.changes, result.date);
  if (!actions.estimate || !result.self_pays || result.visits || all.length < 2) return null;
  return fold(text.dates, () => {
    const body = el("tbody", {});
    for (const period of all) {
      const cell = el("td", {}, "…");
      const row = el("tr", {class: period.here ? "mbe-this" : null}, el("th", {scope: "row"}, spanOf(view, period)), cell);
      body.append(row);
      show(view, period, row, cell);
    }
    return [
      el("p", {}, text.dates_why),
      el("table", {class: "mbe-table mbe-two"}, el("caption", {}, fill(text.dates_note, {total: view.words.amount(result.total_cost)})),
        el("thead", {}, el("tr", {}, el("th", {scope: "col"}, text.period), el("th", {scope: "col"}, text.you_pay))), body),
    ];
  });
}

function spanOf({text, page}, {from, to, here}) {
  const span = fill(from ? (to ? text.from_to : text.from_on) : text.until, {from: from && page.day(from), to: to && page.day(to)});
  return [span, here ? el("span", {class: "mbe-tag"}, text.this_one) : null];
}

/** Ask for one period and write what comes; a time of which no rule is known is left out. */
async function show({words, result, text, actions}, {day, here, from}, row, cell) {
  try {
    const {self_pays: pays} = here ? result : await actions.estimate({date: day});
    if (!pays && !from) row.remove();
    else cell.textContent = pays ? words.amount(pays) : text.not_settled;
  } catch (_) {
    cell.textContent = text.not_settled;
  }
}
