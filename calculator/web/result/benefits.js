// @ts-check
// What else there is for a person beside the bill: money, premiums, services; and what there is not, and why.

import {el, fill} from "../shared/dom.js";
import {chips, folded, list} from "./sections.js";
import {footing, state} from "./payers.js";

/** Money, which one should see at once. */
export function money(view) {
  const {text, words, result} = view;
  return [
    list(view, text.cash, result.cash, (item) => cash(view, item)),
    list(view, text.subsidies, result.subsidies, (item) => benefit(view, item, words.amount(item.amount))),
  ];
}

/** All the rest, behind a tap. */
export function others(view) {
  const {text, words, result} = view;
  return [
    folded(view, text.services, result.services, (item) => benefit(view, item, words.summary(item))),
    folded(view, text.statuses, result.statuses, (item) => benefit(view, item, item.because)),
    folded(view, text.may_also_help, result.may_also_help, (item) => benefit(view, item, item.because)),
    folded(view, text.undecided, result.undecided, (item) => undecided(view, item)),
    folded(view, text.not_eligible, result.not_eligible, (item) => notEligible(view, item)),
  ];
}

/** What a cash entry comes to in the year of the result. */
export function inYear({text, words, result}, {year_amount: amount}) {
  return amount ? fill(text.in_year, {year: result.date.slice(0, 4), amount: words.amount(amount)}) : text.no_amount;
}

function cash(view, item) {
  return [
    el("div", {class: "mbe-row"}, el("span", {class: "mbe-who"}, view.words.linked(item)), el("span", {class: "mbe-amount"}, inYear(view, item))),
    el("p", {}, item.explanation),
    footing(view, item),
  ];
}

function benefit(view, item, sentence) {
  return [el("b", {}, view.words.linked(item)), sentence ? el("p", {}, sentence) : null, state(view, item)];
}

function undecided(view, item) {
  const {text, words} = view;
  return [
    el("b", {}, words.linked(item)),
    item.up_to ? el("span", {}, fill(text.up_to, {amount: words.amount({low: item.up_to.high, high: item.up_to.high})})) : null,
    item.because ? el("p", {}, item.because) : null,
    chips(view, item.needs, text.depends_on),
  ];
}

function notEligible(view, item) {
  const {text, words, page} = view;
  const wanted = (item.would_need || []).filter(Boolean);
  return [
    el("b", {}, words.linked(item)),
    el("p", {}, item.because),
    wanted.length ? el("p", {}, fill(text.would_need, {list: wanted.join(page.text.semicolon)})) : null,
  ];
}
