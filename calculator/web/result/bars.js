// @ts-check
// Bars of who pays how much of a bill. Each segment has its own pattern and number, and is described in words too.

import {el, fill} from "../shared/dom.js";
import {showMoney} from "../shared/numbers.js";
import {isUninformative} from "./words.js";

/** @import {Line, PersonResult, Settlement, View} from "../../../types/estimator" */
/** @typedef {Settlement | Pick<PersonResult, "lines" | "self_pays">} Drawn */

const PATTERNS = 6; // number of different patterns
const NARROW = 9; // percent below which a segment has no room for its number

/**
 * The settlements to draw: [{label, settlement}]; two for the ends of a range. None if an end is unknown, or if the
 * range is uninformative.
 * @param {Pick<View, "text" | "result">} view
 * @returns {{label: string, settlement: Drawn}[]}
 */
export function settlements({text, result}) {
  const {self_pays: pays, total_cost: total, at_low: low, at_high: high} = result;
  if (!pays || !total) return [];
  if (pays.low === pays.high) return [{label: "", settlement: result}];
  if (!low || !high || isUninformative(pays, total)) return [];
  return [{label: text.at_low, settlement: low}, {label: text.at_high, settlement: high}];
}

/**
 * The segments of a bar: [{name, amount (yuan), percent, pattern, mark}], the person's own last.
 *
 * @returns {{name: string, amount: string, percent: number, pattern: string, mark: string}[]}
 * @param {View} view
 * @param {Drawn} settlement
 */
export function segments(view, {lines, self_pays: pays}) {
  const {text, words} = view;
  const total = Number(view.result.total_cost && view.result.total_cost.low);
  if (!total) return [];
  return [
    ...lines.map((line) => ({name: words.payer(line.payer), amount: line.amount.low, pattern: patternOf(view, line), mark: numberOf(view, line)})),
    {name: text.you, amount: pays ? pays.low : "0", pattern: "self", mark: text.you},
  ].filter(({amount}) => Number(amount) > 0).map((segment) => ({...segment, percent: (100 * Number(segment.amount)) / total}));
}

/**
 * The number of a line in the list of payers.
 *
 * @param {Pick<View, "result">} view
 * @param {Pick<Line, "policy" | "payer" | "visit">} line
 */
export function numberOf({result}, {policy, payer, visit}) {
  const isSame = (/** @type {Line} */ line) => line.policy === policy && line.payer === payer && (!visit || line.visit === visit);
  const index = result.lines.findIndex(isSame);
  return String((index < 0 ? result.lines.findIndex((line) => line.policy === policy) : index) + 1);
}

/**
 * The pattern of a line's segment, as in the class `mbe-look-<pattern>`.
 *
 * @param {Pick<View, "result">} view
 * @param {Line} line
 */
export function patternOf(view, line) {
  return String((Number(numberOf(view, line)) - 1) % PATTERNS);
}

/** A sample of a pattern with its mark, for the legend. @param {string} mark @param {string} pattern */
export function swatch(mark, pattern) {
  return el("span", {class: "mbe-swatch mbe-look-" + pattern, "aria-hidden": "true"}, el("span", {class: "mbe-mark"}, mark));
}

/**
 * The caption of a bar that is one end of a range.
 *
 * @param {View} view
 * @param {string} label
 * @param {Drawn} settlement
 */
export function caption({text, page}, label, {self_pays: pays}) {
  return label ? label + page.text.colon + fill(text.answer, {amount: fill(text.money, {amount: showMoney(pays ? pays.low : "0")})}) : "";
}

/** @param {View} view */
export function bars(view) {
  return settlements(view).map(({label, settlement}) => bar(view, label, settlement));
}

/** @param {View} view @param {string} label @param {Drawn} settlement */
function bar(view, label, settlement) {
  const {text, page} = view;
  const shown = segments(view, settlement);
  if (!shown.length) return null;
  const description = shown.map(({name, amount}) => name + " " + fill(text.money, {amount: showMoney(amount)})).join(page.text.comma);
  const element = el("div", {class: "mbe-bar", role: "img", "aria-label": (label ? label + page.text.colon : "") + description});
  for (const {percent, pattern, mark} of shown) {
    const segment = el("span", {class: "mbe-part mbe-look-" + pattern}, percent >= NARROW ? el("span", {class: "mbe-mark"}, mark) : null);
    segment.style.setProperty("width", percent + "%");
    element.append(segment);
  }
  const sentence = caption(view, label, settlement);
  return el("figure", {class: "mbe-figure"}, sentence ? el("figcaption", {}, sentence) : null, element);
}
