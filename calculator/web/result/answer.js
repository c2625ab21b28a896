// @ts-check
// The answer, and which facts would narrow it.

import {el, fill} from "../shared/dom.js";
import {chips, heading} from "./sections.js";
import {isUninformative} from "./words.js";

/** @import {Amount, PersonResult, View} from "../../../types/estimator" */
/** @import {Words} from "./words.js" */

/**
 * Whether there is a bill, but the rules cannot determine what the person pays.
 *
 * @param {Pick<PersonResult, "self_pays" | "total_cost">} result
 */
export function isUndetermined({self_pays: pays, total_cost: total}) {
  return !pays && Boolean(total);
}

/** @type {Array<"cash" | "subsidies" | "services" | "may_also_help">} */
const LISTED = ["cash", "subsidies", "services", "may_also_help"]; // what is the person's own

/** The answer in one sentence. @param {Pick<View, "text" | "words" | "result" | "place">} view */
export function headline({text, words, result, place}) {
  if (isUninformative(result.self_pays, result.total_cost)) return text.unsaid;
  if (result.self_pays) return fill(text.answer, {amount: words.amount(result.self_pays)});
  if (isUndetermined(result)) return text.cannot_say;
  const isSome = LISTED.some((name) => result[name].length);
  return isSome ? text.no_bill[place.form.event] : text.nothing_yet;
}

/**
 * The sentences below the answer; the first says that it is an estimate.
 *
 * @param {Pick<View, "text" | "words" | "result" | "place">} view
 */
export function remarks({text, words, result, place}) {
  const {self_pays: pays, total_cost: total, eligible_cost: eligible, assumptions} = result;
  /** @type {Array<string | null>} */
  const sentences = [
    pays ? text.caveat : null,
    ...validity(words, result),
    ...certain({text, result}),
    // by the contract, the reason is the last of the assumptions
    isUndetermined(result) ? assumptions[assumptions.length - 1] : null,
    pays && result.self_pays_is === "before_insurance" ? text.before_insurance : null,
    total && eligible ? ofTotal(text, words, place, total, eligible) : null,
    result.visits ? fill(text.of_visits, {n: String(result.visits.length)}) : null,
    result.bounds === "outer" ? text.outer : null,
  ];
  return /** @type {string[]} */ (sentences.filter(Boolean));
}

/** The bill itself; of a school fee no part is "within the rules". @param {View["text"]} text @param {View["words"]} words @param {View["place"]} place @param {Amount} total @param {Amount} eligible */
function ofTotal(text, words, place, total, eligible) {
  if (place.form.event === "school") return fill(text.of_fee, {total: words.amount(total)});
  return fill(text.of_total, {total: words.amount(total), eligible: words.amount(eligible)});
}

/**
 * How old the rules are; on a day that the form filled in because the rules are counted no further, whom to ask today too.
 *
 * @param {Words} words
 * @param {Pick<PersonResult, "date" | "valid">} result of a person or a household
 */
export function validity({text, page, place}, {date, valid}) {
  const today = document.documentElement.dataset.mbToday || "";
  const isCountedNoFurther = valid.state === "in_force" && date === page.form.day && date < today;
  return [valid.say, isCountedNoFurther ? fill(text.counted_until, {date: page.day(date), ask: page.say(place.ask)}) : null];
}

/**
 * Of a range that says nothing: what is certain all the same, and a sentence to read out at the counter.
 *
 * @param {Pick<View, "text" | "result">} view
 */
function certain({text, result}) {
  const {self_pays: pays, total_cost: total, missing, lines} = result;
  if (!isUninformative(pays, total)) return [];
  const titles = new Map(lines.map(({policy, title}) => [policy, title || ""]));
  return [
    ...missing.flatMap(({policy, certain: sure}) => (sure || []).map((sentence) => fill(text.certain, {title: titles.get(policy) || "", sentence}))),
    missing.length ? fill(text.at_counter, {questions: missing.map(({asks}) => asks).join(" ")}) : null,
  ];
}

/** @param {View} view */
export function answer(view) {
  const {result} = view;
  const sentences = remarks(view);
  return el("div", {class: "mbe-answer"},
    heading(view, 0, {id: view.id("answer"), tabindex: "-1"}, headlineElements(view)),
    sentences.map((sentence, index) => el("p", {class: index === 0 && result.self_pays ? "mbe-caveat" : null}, sentence)));
}

/** The headline with its amount emphasized. @param {View} view */
function headlineElements(view) {
  const {text, words, result: {self_pays: pays, total_cost: total}} = view;
  if (!pays || isUninformative(pays, total)) return [headline(view)];
  const [before, after] = text.answer.split("{amount}");
  return [before, el("strong", {class: pays.low === pays.high ? null : "mbe-range"}, words.amount(pays)), after];
}

/** The unknown facts that would narrow the answer. @param {View} view */
export function needs(view) {
  const {text, result, page, place} = view;
  const facts = result.needs.filter(({affects, fact}) => affects === "bill" && page.bundle.facts[fact]).map(({fact}) => fact);
  if (!facts.length || isUndetermined(result)) return null;
  return el("div", {class: "mbe-needs"}, el("p", {}, result.total_cost ? text.needs : text.needs_bill[place.form.event]), chips(view, facts));
}
