// @ts-check
// A quick answer as elements: what the person pays, a bar, and who pays the rest.

import {el, fill} from "../../../calculator/web/shared/dom.js";
import {showMoney} from "../../../calculator/web/shared/numbers.js";
import {inYuan, sharesOf} from "./table.js";

/** @import {Share} from "./table.js" */
/** @typedef {Record<string, string>} Text the words of the block */
/** @typedef {Share & {sure: number}} Part */

/**
 * @typedef {object} Data What the page's block says: choices, tables, words.
 * @property {Text} text
 * @property {import("../../../types/reading").MoneyRules} reading what amounts are read by
 * @property {number} most the largest bill, in fen
 * @property {string[]} where
 * @property {number[][]} use which table, by who and where
 * @property {number[][][]} why which reasons, by who and where
 * @property {Array<[string, number[], number[] | 0]>[]} tables
 * @property {Record<string, string>} payers
 * @property {Record<string, string>} reasons
 * @property {{lang: string, dir: string}[]} instead
 */

const OPEN = "open"; // like a payer: the part that is uncertain

/** @param {number} yuan */
export const money = (yuan) => showMoney(String(yuan));

/** An approximate amount in words: `low` and `high` are whole yuan. @param {Text} text @param {number} low @param {number} high */
function about(text, low, high) {
  if (low === high) return fill(text.about, {amount: money(low)});
  return low > 0 ? fill(text.between, {low: money(low), high: money(high)}) : fill(text.at_most, {high: money(high)});
}

/** Round to whole yuan: exact amounts still add up; of a range both ends are rounded. @param {Share[]} shares @param {number} total */
function rounded(shares, total) {
  if (shares.every(({low, high}) => low === high)) {
    return inYuan(shares.map(({low}) => low), total).map((amount, index) => ({...shares[index], low: amount, high: amount}));
  }
  return shares.map((share) => ({...share, low: Math.round(share.low), high: Math.round(share.high)}));
}

/**
 * The bar: what each payer certainly pays, and the uncertain part. Its numbers are those of the list below it.
 *
 * @param {Part[]} parts
 * @param {number} total
 */
function bar(parts, total) {
  const shown = parts.map(({payer, sure}, index) => {
    const percent = sure > 0 ? Math.max(1, Math.round((100 * sure) / total)) : 0;
    const size = "mb-tens-" + Math.floor(percent / 10) + " mb-ones-" + (percent % 10);
    return percent ? el("span", {class: "mb-split__part mb-by--" + payer + " " + size}, el("b", null, String(index + 1))) : null;
  });
  return el("div", {class: "mb-split", "aria-hidden": "true"}, ...shown);
}

/** @param {string} payer @param {string} name @param {string} amount */
function line(payer, name, amount) {
  return el("li", null,
    el("span", {class: "mb-swatch mb-by--" + payer, "aria-hidden": "true"}),
    el("span", {class: "mb-payers__who"}, name), " ",
    el("strong", {class: "mb-payers__sum"}, amount));
}

/** @param {Share[]} shares */
const personal = (shares) => shares[shares.length - 1];
/** @param {Share} share @param {number} total */
const isUninformative = (share, total) => share.low <= 0 && share.high >= total && total > 0;

/** What the person pays, in one phrase. @param {Data} data @param {Share[]} shares @param {number} total */
function phrase(data, shares, total) {
  const {low, high} = personal(shares);
  if (isUninformative(personal(shares), total)) return fill(data.text.cannot, {amount: money(Math.round(total))});
  if (high === 0) return data.text.self_nothing;
  if (low === 0) return fill(data.text.self_at_most, {high: money(high)});
  return fill(data.text.self_pays, {amount: about(data.text, low, high)});
}

/** @param {Data} data @param {number[]} numbers */
function reasons(data, numbers) {
  if (!numbers.length) return null;
  return [el("p", null, data.text.depends), el("ul", null, ...numbers.map((number) => el("li", null, data.reasons[number])))];
}

/**
 * The answer for one choice.
 *
 * @param {Data} data
 * @param {number} who
 * @param {number} where
 * @param {number} cost in fen
 */
export function answerOf(data, who, where, cost) {
  const {text} = data;
  const total = cost / 100;
  const shares = rounded(sharesOf(data.tables[data.use[who][where]], cost), total);
  const first = el("p", {class: "mbq-sum"}, el("strong", null, phrase(data, shares, total)));
  const why = shares.every(({low, high}) => low === high) ? null : reasons(data, data.why[who][where]);
  if (isUninformative(personal(shares), total)) return [first, why];
  const parts = shares.filter(({high}) => high > 0).map((share) => ({...share, sure: share.low}));
  const open = Math.round(total) - parts.reduce((sum, {sure}) => sum + sure, 0);
  const isUncertain = parts.some(({low, high}) => low !== high) && open > 0;
  const lines = parts.map(({payer, low, high}) => line(payer, data.payers[payer], about(text, low, high)));
  if (isUncertain) {
    parts.push({payer: OPEN, low: open, high: open, sure: open});
    lines.push(line(OPEN, text.open, about(text, open, open)));
  }
  const whole = fill(text.whole, {amount: money(Math.round(total))});
  return [first, el("p", null, whole), bar(parts, total), el("ol", {class: "mb-payers"}, ...lines), why];
}

/**
 * The answer for each choice of `where`, if the reader does not know which applies.
 *
 * @param {Data} data
 * @param {number} who
 * @param {number} cost in fen
 */
export function everyAnswer(data, who, cost) {
  const total = cost / 100;
  const lines = data.where.map((name, where) => {
    const shares = rounded(sharesOf(data.tables[data.use[who][where]], cost), total);
    return el("li", null, name, data.text.colon, el("strong", null, phrase(data, shares, total)));
  });
  return [el("ul", {class: "mbq-every"}, ...lines)];
}
