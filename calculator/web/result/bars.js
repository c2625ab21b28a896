// @ts-check
// Who pays how much of a bill, as a bar: every part has its pattern, its number, and stands in words too.

import {el, fill} from "../shared/dom.js";
import {showMoney} from "../shared/numbers.js";
import {saysNothing} from "./words.js";

const PATTERNS = 6; // so many payers look different in the bar
const NARROW = 9; // a part of less than so many hundredths has no room for its number

/**
 * The settlements of a result that there is something to draw of: [{label, settlement}]; two for the ends of a range.
 * Nothing where one end is not known, or the range says nothing.
 */
export function settlements({text, result}) {
  const {self_pays: pays, total_cost: total, at_low: low, at_high: high} = result;
  if (!pays || !total) return [];
  if (pays.low === pays.high) return [{label: "", settlement: result}];
  if (!low || !high || saysNothing(pays, total)) return [];
  return [{label: text.at_low, settlement: low}, {label: text.at_high, settlement: high}];
}

/**
 * The parts of a bar: [{name, amount (yuan), share (hundredths), look, mark}], what the person pays last.
 *
 * @returns {{name: string, amount: string, share: number, look: string, mark: string}[]}
 */
export function parts(view, {lines, self_pays: pays}) {
  const {text, words} = view;
  const total = Number(view.result.total_cost.low);
  if (!total) return [];
  return [
    ...lines.map((line) => ({name: words.payer(line.payer), amount: line.amount.low, look: look(view, line), mark: number(view, line)})),
    {name: text.you, amount: pays.low, look: "self", mark: text.you},
  ].filter(({amount}) => Number(amount) > 0).map((part) => ({...part, share: (100 * Number(part.amount)) / total}));
}

/** Where a line stands in the list of payers. */
export function number({result}, {policy, payer, visit}) {
  const same = (line) => line.policy === policy && line.payer === payer && (!visit || line.visit === visit);
  const found = result.lines.findIndex(same);
  return String((found < 0 ? result.lines.findIndex((line) => line.policy === policy) : found) + 1);
}

export function look(view, line) {
  return String((Number(number(view, line)) - 1) % PATTERNS);
}

export function swatch(mark, looks) {
  return el("span", {class: "mbe-swatch mbe-look-" + looks, "aria-hidden": "true"}, el("span", {class: "mbe-mark"}, mark));
}

/** What stands over a bar that is one end of a range. */
export function caption({text, page}, label, {self_pays: pays}) {
  return label ? label + page.text.colon + fill(text.answer, {amount: fill(text.money, {amount: showMoney(pays.low)})}) : "";
}

export function bars(view) {
  return settlements(view).map(({label, settlement}) => bar(view, label, settlement));
}

function bar(view, label, settlement) {
  const {text, page} = view;
  const shown = parts(view, settlement);
  if (!shown.length) return null;
  const spoken = shown.map(({name, amount}) => name + " " + fill(text.money, {amount: showMoney(amount)})).join(page.text.comma);
  const drawn = el("div", {class: "mbe-bar", role: "img", "aria-label": (label ? label + page.text.colon : "") + spoken});
  for (const {share, look: looks, mark} of shown) {
    const part = el("span", {class: "mbe-part mbe-look-" + looks}, share >= NARROW ? el("span", {class: "mbe-mark"}, mark) : null);
    part.style.setProperty("width", share + "%");
    drawn.append(part);
  }
  const over = caption(view, label, settlement);
  return el("figure", {class: "mbe-figure"}, over ? el("figcaption", {}, over) : null, drawn);
}
