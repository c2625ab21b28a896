// @ts-check
// Each payer's line: how much, why, since when, and on which lines of which document it rests.

import {el, fill} from "../shared/dom.js";
import {look, number, swatch} from "./bars.js";
import {block} from "./sections.js";
import {saysNothing} from "./words.js";

/** What a line tells, as words: [{who, title, amount, why, visit}], the person last. */
export function told(view) {
  const {text, words, result} = view;
  const lines = result.lines.map((line) => ({
    who: words.payer(line.payer), title: words.title(line), amount: words.amount(line.amount), why: line.explanation, visit: line.visit,
  }));
  if (result.self_pays) lines.push({who: text.you_pay, title: "", amount: words.amount(result.self_pays), why: "", visit: undefined});
  return lines;
}

export function payers(view) {
  const {text, result} = view;
  const items = [
    ...result.lines.map((entry, index) => [visitBefore(view, index), el("li", {}, line(view, entry))]),
    ...(result.self_pays ? [el("li", {}, you(view))] : []),
  ];
  if (!items.length) return null;
  return block(view, text.who_pays, el("ol", {class: "mbe-list"}, items), thresholds(view));
}

/** Of which stay the lines from here on are, where there are several. */
function visitBefore({text, words, result}, index) {
  const {visit} = result.lines[index];
  if (!visit || !result.visits || (index > 0 && result.lines[index - 1].visit === visit)) return null;
  const stay = result.visits[visit - 1];
  return el("li", {class: "mbe-stay"}, el("b", {}, fill(text.stay_of, {date: words.page.day(stay.date), amount: words.amount(stay.self_pays)})));
}

function line(view, entry) {
  const {words, page} = view;
  const payer = words.payer(entry.payer);
  return [
    el("div", {class: "mbe-row"},
      swatch(number(view, entry), look(view, entry)),
      el("span", {class: "mbe-who"}, words.title(entry) === payer ? el("b", {}, words.linked(entry)) : [el("b", {}, payer), page.text.colon, words.linked(entry)]),
      el("span", {class: "mbe-amount"}, words.amount(entry.amount))),
    el("p", {}, entry.explanation),
    footing(view, entry),
  ];
}

function you({text, words, result}) {
  return el("div", {class: "mbe-row"},
    swatch(text.you, "self"),
    el("b", {class: "mbe-who"}, text.you_pay),
    el("span", {class: "mbe-amount"}, words.amount(result.self_pays)));
}

/** In what state the version is, since when it holds, and on which lines of which document it rests. */
export function footing(view, item) {
  const {text, words, page} = view;
  const version = words.version(item);
  const since = version && (version.start ? fill(text.since, {date: page.day(version.start)}) : text.since_unknown);
  const sources = words.sources(item).flatMap((source, index) => (index ? [page.text.semicolon, source] : [source]));
  return [
    state(view, item),
    sources.length || since
      ? el("p", {class: "mbe-source"}, since, sources.length ? el("span", {}, text.rests_on, sources) : null)
      : null,
  ];
}

export function state({words}, item) {
  const sentence = words.state(item);
  return sentence ? el("p", {class: "mbe-state"}, sentence) : null;
}

/** The deductible that was used, and how far it is to each next threshold. */
function thresholds({text, words, result}) {
  const used = result.slip && result.slip.act_pay_dedc;
  const rows = result.lines
    .filter(({distance}) => distance)
    .map((entry) => [fill(text["to_" + entry.distance.to], {policy: words.title(entry)}), words.amount(entry.distance.amount)]);
  if (used && used.high !== "0.00" && !saysNothing(used, result.eligible_cost || result.total_cost)) rows.unshift([text.deductible_used, words.amount(used)]);
  if (!rows.length) return null;
  return el("table", {class: "mbe-table mbe-two"}, el("caption", {}, text.thresholds),
    el("tbody", {}, rows.map(([name, amount]) => el("tr", {}, el("th", {scope: "row"}, name), el("td", {}, amount)))));
}
