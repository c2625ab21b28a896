// @ts-check
// Benefits besides the bill: cash, subsidies, services; and policies for which the person does not qualify, and why.

import {el, fill} from "../shared/dom.js";
import {chips, foldedList, list} from "./sections.js";
import {basis, stateNote} from "./payers.js";

/** @import {Cash, Entry, NotEligible, Undecided, View} from "../../../types/estimator" */

/** Cash and subsidies, always visible. @param {View} view */
export function money(view) {
  const {text, words, result} = view;
  return [
    list(view, text.cash, result.cash, (item) => cash(view, item)),
    list(view, text.subsidies, result.subsidies, (item) => benefit(view, item, words.amount(item.amount))),
    list(view, text.money_undecided, openMoney(view), (item) => undecided(view, item)),
  ];
}

/** @param {Pick<View, "result">} view */
export function hasBill({result}) {
  return Boolean(result.self_pays || result.total_cost);
}

/** Sums that depend on an open answer; with a bill they are parts of it. @param {View} view */
function openMoney({result}) {
  return hasBill({result}) ? [] : result.undecided.filter(({up_to: upTo}) => upTo);
}

/** Without a bill, what there is for the person is the answer: it is open. @param {View} view */
export function withoutBill(view) {
  const {text, words, result} = view;
  return [
    ...money(view),
    list(view, text.services, result.services, (item) => benefit(view, item, words.summary(item))),
    list(view, text.may_also_help, result.may_also_help, (item) => benefit(view, item, item.because)),
  ];
}

/** All other benefits, folded. @param {View} view */
export function others(view) {
  const {text, words, result} = view;
  const shown = openMoney(view);
  return [
    foldedList(view, text.services, hasBill(view) ? result.services : [], (item) => benefit(view, item, words.summary(item))),
    foldedList(view, text.statuses, result.statuses, (item) => benefit(view, item, item.because)),
    foldedList(view, text.may_also_help, hasBill(view) ? result.may_also_help : [], (item) => benefit(view, item, item.because)),
    foldedList(view, text.undecided, result.undecided.filter((item) => !shown.includes(item)), (item) => undecided(view, item)),
    foldedList(view, text.not_eligible, result.not_eligible, (item) => notEligible(view, item)),
    foldedList(view, text.for_others, view.forOthers, (item) => [words.linked(item)]),
  ];
}

/**
 * The amount of a cash benefit in the year of the result.
 *
 * @param {Pick<View, "text" | "words" | "result">} view
 * @param {Pick<Cash, "year_amount">} item
 */
export function yearAmount({text, words, result}, {year_amount: amount}) {
  return amount ? fill(text.in_year, {year: result.date.slice(0, 4), amount: words.amount(amount)}) : text.no_amount;
}

/** @param {View} view @param {Cash} item */
function cash(view, item) {
  return [
    el("div", {class: "mbe-row"}, el("span", {class: "mbe-who"}, view.words.linked(item)), el("span", {class: "mbe-amount"}, yearAmount(view, item))),
    el("p", {}, item.explanation),
    basis(view, item),
  ];
}

/** @param {View} view @param {Entry} item @param {string} sentence */
function benefit(view, item, sentence) {
  return [el("b", {}, view.words.linked(item)), sentence ? el("p", {}, sentence) : null, stateNote(view, item)];
}

/** @param {View} view @param {Undecided} item */
function undecided(view, item) {
  const {text, words} = view;
  return [
    el("b", {}, words.linked(item)),
    item.up_to ? el("span", {}, fill(text.up_to, {amount: words.amount({low: item.up_to.high || "", high: item.up_to.high})})) : null,
    item.because ? el("p", {}, item.because) : null,
    item.needs.length ? chips(view, item.needs, text.depends_on) : null,
  ];
}

/** @param {View} view @param {NotEligible} item */
function notEligible(view, item) {
  const {text, words, page} = view;
  const conditions = (item.would_need || []).filter(Boolean);
  return [
    el("b", {}, words.linked(item)),
    el("p", {}, item.because),
    conditions.length ? el("p", {}, fill(text.would_need, {list: conditions.join(page.text.semicolon)})) : null,
  ];
}
