// @ts-check
// The line of each payer: how much, why, since when, and its source.

import {el, fill} from "../shared/dom.js";
import {numberOf, patternOf, swatch} from "./bars.js";
import {block} from "./sections.js";
import {isUninformative} from "./words.js";

/** @import {Entry, Line, View} from "../../../types/estimator" */

/** The lines as texts: [{who, title, amount, why, visit}], the person's own last. @param {View} view */
export function payerLines(view) {
  const {text, words, result} = view;
  const lines = result.lines.map((line) => ({
    who: words.payer(line.payer), title: words.title(line), amount: words.within(line.amount, result.total_cost), why: line.explanation, visit: line.visit,
  }));
  if (result.self_pays) lines.push({who: text.you_pay, title: "", amount: words.within(result.self_pays, result.total_cost), why: "", visit: undefined});
  return lines;
}

/** @param {View} view */
export function payers(view) {
  const {text, result} = view;
  const items = [
    ...result.lines.map((entry, index) => [stayHeading(view, index), el("li", {}, line(view, entry))]),
    ...(result.self_pays ? [el("li", {}, you(view))] : []),
  ];
  if (!items.length) return null;
  return block(view, text.who_pays, el("ol", {class: "mbe-list"}, items), thresholds(view));
}

/** The heading of a stay before its first line, if there are several stays. @param {View} view @param {number} index */
function stayHeading({text, words, result}, index) {
  const {visit} = result.lines[index];
  if (!visit || !result.visits || (index > 0 && result.lines[index - 1].visit === visit)) return null;
  const stay = result.visits[visit - 1];
  return el("li", {class: "mbe-stay"}, el("b", {}, fill(text.stay_of, {date: words.page.day(stay.date), amount: words.amount(stay.self_pays)})));
}

/** @param {View} view @param {Line} entry */
function line(view, entry) {
  const {words, page} = view;
  const payer = words.payer(entry.payer);
  return [
    el("div", {class: "mbe-row"},
      swatch(numberOf(view, entry), patternOf(view, entry)),
      el("span", {class: "mbe-who"}, words.title(entry) === payer ? el("b", {}, words.linked(entry)) : [el("b", {}, payer), page.text.colon, words.linked(entry)]),
      el("span", {class: "mbe-amount"}, words.within(entry.amount, view.result.total_cost))),
    el("p", {}, entry.explanation),
    basis(view, entry),
  ];
}

/** @param {View} view */
function you({text, words, result}) {
  return el("div", {class: "mbe-row"},
    swatch(text.you, "self"),
    el("b", {class: "mbe-who"}, text.you_pay),
    el("span", {class: "mbe-amount"}, words.within(result.self_pays, result.total_cost)));
}

/** The state of the version, since when it applies, and its sources. @param {View} view @param {Entry} item */
export function basis(view, item) {
  const {text, words, page} = view;
  const version = words.version(item);
  const since = version && (version.start ? fill(text.since, {date: page.day(version.start)}) : text.since_unknown);
  const sources = words.sources(item).flatMap((source, index) => (index ? [page.text.semicolon, source] : [source]));
  return [
    stateNote(view, item),
    sources.length || since
      ? el("p", {class: "mbe-source"}, since, sources.length ? el("span", {}, text.rests_on, sources) : null)
      : null,
  ];
}

/** @param {View} view @param {Entry} item */
export function stateNote({words}, item) {
  const sentence = words.state(item);
  return sentence ? el("p", {class: "mbe-state"}, sentence) : null;
}

/** The deductible that was used, and the distance to each next threshold. @param {View} view */
function thresholds({text, words, result}) {
  const used = result.slip && result.slip.act_pay_dedc;
  const rows = result.lines.flatMap((entry) => {
    const {distance} = entry;
    return distance ? [[fill(text["to_" + distance.to], {policy: words.title(entry)}), words.amount(distance.amount)]] : [];
  });
  if (used && used.high !== "0.00" && !isUninformative(used, result.eligible_cost || result.total_cost)) rows.unshift([text.deductible_used, words.amount(used)]);
  if (!rows.length) return null;
  return el("table", {class: "mbe-table mbe-two"}, el("caption", {}, text.thresholds),
    el("tbody", {}, rows.map(([name, amount]) => el("tr", {}, el("th", {scope: "row"}, name), el("td", {}, amount)))));
}
