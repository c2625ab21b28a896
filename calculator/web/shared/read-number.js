// @ts-check
// Numbers and quantities as people write them: 12,345.60, 七十, 1万2千, 3块5毛, 1岁半. Whole or refused, never in part.
// The rules are data (calculator/mingbai_reading/rules.json); the package beside it does the same in Python, and one
// table of cases (tests/reading/cases.csv) holds both to it. No syntax that an old phone lacks.

import {showMoney} from "./numbers.js";

/** @import {MeasureRules, MoneyRules, Figures, Reading, Unit} from "../../../types/reading" */
/** @typedef {{units: number, loose: boolean, doubt: boolean}} Num in ten-thousandths; see number.py */
/** @typedef {{total: number, unit: number, name: string, doubt: boolean, half: boolean, broken: boolean}} Measure `unit` 0: none */

export const SCALE = 10000;
export const LIMIT = 1e15;
const WHOLE_LIMIT = 1e11;
const DIGITS = "〇一二三四五六七八九";
const SIGNS = "0-9.," + DIGITS + "十百千万亿点半";
export const NUMERALS = "[" + SIGNS + "]+";
const POSITIONAL = /^[〇一二三四五六七八九]+$/;
const ONE = /^[一二三四五六七八九1-9]$/;
const ASCII = /^([0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:[.]([0-9]*))?$/;
const APART = new RegExp("[" + SIGNS + "] [0-9.," + DIGITS + "]");

/** @param {Reading["kind"]} kind @param {any} value any: of the fact's type @param {Figures} figures @param {readonly Reading[]} candidates @returns {Reading} */
function reading(kind, key = "", value = null, figures = {}, candidates = []) {
  return {kind, key, value, figures, candidates};
}

/** The reading of a text that says nothing (`empty`), or that one does not know (`unknown`). */
export const silent = (/** @type {"empty" | "unknown"} */ kind) => reading(kind, kind === "empty" ? "" : kind);
export const isValue = (/** @type {string} */ key, /** @type {any} any: of the fact's type */ value, /** @type {Figures} */ figures = {}) => reading("value", key, value, figures);
export const fault = (/** @type {string} */ key, /** @type {Figures} */ figures = {}) => reading("fault", key, null, figures);
export const ask = (/** @type {string} */ key, /** @type {Reading[]} */ candidates = []) => reading("ask", key, null, {}, candidates);

/** Replace each sign by the one that it is another form of. @param {string} text @param {Record<string, string>} rows */
function translated(text, rows) {
  return Object.keys(rows).reduce((made, sign) => made.replace(new RegExp("[" + rows[sign] + "]", "g"), sign), text);
}

/** A text in half width and small letters, with single blanks. @param {MoneyRules} rules @param {string} text */
export function plain(rules, text) {
  return translated(text, rules.same)
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(new RegExp("[ " + rules.blanks + "]+", "g"), " ")
    .replace(/^ | $/g, "");
}

/** A plain text with its numerals in one form, without blanks; null where one stands in a number. @param {MoneyRules} rules @param {string} text */
export function numerals(rules, text) {
  const made = translated(text, rules.numerals);
  return APART.test(made) ? null : made.replace(/ /g, "");
}

const num = (/** @type {number} */ units, loose = false, doubt = false) => ({units: Math.min(units, LIMIT), loose, doubt});
const ascii = (/** @type {string} */ digits) => digits.replace(/./g, (digit) => String(DIGITS.indexOf(digit)));

/** @param {string} whole @param {string} places @returns {Num | null} */
function decimal(whole, places) {
  const digits = whole.replace(/^0+/, "");
  const kept = places.replace(/0+$/, "");
  if (kept.length > 4 || places === "000") return null;
  return digits.length > 15 ? num(LIMIT) : num(Number(digits) * SCALE + Number((kept + "0000").slice(0, 4)));
}

/** The number that a text is, null for none. @param {MoneyRules} rules @param {string} text @returns {Num | null} */
export function number(rules, text) {
  if (text === "半") return num(SCALE / 2);
  const match = ASCII.exec(text);
  if (match) return match[1] || match[2] ? decimal(match[1].replace(/,/g, ""), match[2] || "") : null;
  const point = text.indexOf("点");
  if (point >= 0 && POSITIONAL.test(text.slice(point + 1))) {
    const whole = number(rules, text.slice(0, point));
    const places = decimal("", ascii(text.slice(point + 1)));
    return !whole || !places || whole.loose || whole.doubt || whole.units % SCALE ? null : num(whole.units + places.units);
  }
  if (!POSITIONAL.test(text)) return powers(rules, text, 9);
  const digits = ascii(text);
  const value = decimal(digits, "");
  if (digits.length > 1 && "123456789".includes(digits)) return null; // 七八 is seven or eight
  return value && num(value.units, false, digits.length === 2 && !digits.includes("0"));
}

/** @param {MoneyRules} rules @param {string} text @param {number} below @returns {Num | null} */
function powers(rules, text, below) {
  for (const [power, sign] of rules.powers) {
    const at = power < below ? text.indexOf(sign) : -1;
    if (at < 0) continue;
    const rest = text.slice(at + 1);
    const many = head(rules, text.slice(0, at), power);
    const more = tail(rules, rest, power);
    if (!many || !more || (rest && many.units % SCALE)) return null;
    return num(many.units * Math.pow(10, power) + more.units, more.loose, many.doubt);
  }
  return null;
}

/** @param {MoneyRules} rules @param {string} text @param {number} power @returns {Num | null} */
function head(rules, text, power) {
  if (!text) return num(SCALE, false, power !== 1);
  if (power < 4) return ONE.test(text) || (power > 1 && /^[0-9][.][0-9]+$/.test(text)) ? number(rules, text) : null;
  const many = number(rules, text);
  return !many || many.loose || !many.units || (many.doubt && POSITIONAL.test(text)) ? null : many;
}

/** @param {MoneyRules} rules @param {string} text @param {number} power @returns {Num | null} */
function tail(rules, text, power) {
  if (!text) return num(0);
  const size = Math.pow(10, power - 1);
  const few = /^[1-9][0-9]*(?:[.][0-9]+)?$/;
  const after = text.slice(1);
  if (ONE.test(text)) {
    const digit = number(rules, text);
    return digit && num(digit.units * size, power > 1);
  }
  if (text[0] === "〇") {
    const rest = few.test(after) || ONE.test(after) ? number(rules, after) : powers(rules, after, power);
    return rest && rest.units > 0 && rest.units < size * SCALE && !rest.doubt ? rest : null;
  }
  if (text.split(".")[0].length === power && ASCII.test(text)) return number(rules, text);
  const rest = powers(rules, text, power);
  return rest && rest.units < size * 10 * SCALE && !rest.doubt ? rest : null;
}

/** A text without words at its beginning and at its end; both are patterns. @param {string} text @param {string} before @param {string} after */
export function stripped(text, before, after) {
  return text.replace(new RegExp("^(?:" + before + ")+"), "").replace(new RegExp("(?:" + after + ")+$"), "");
}

/** A text without the words that may stand around a number. @param {MoneyRules} rules @param {string} text @param {string} [before] */
export function around(rules, text, before) {
  return stripped(text, before ? before + "|" + rules.before : rules.before, rules.after);
}

/** The quantity that a text is, null for none. @param {MoneyRules} rules @param {string} text @param {string} kind @returns {Measure | null} */
export function measure(rules, text, kind) {
  const largest = kind === "money" ? LIMIT : WHOLE_LIMIT;
  const bare = number(rules, text);
  if (bare) return {total: Math.min(bare.units, largest), unit: 0, name: "", doubt: bare.doubt, half: false, broken: bare.units % SCALE > 0};
  /** @type {MeasureRules} */ const rule = kind ? rules.measures[kind] : {units: []};
  const part = new RegExp("^(" + NUMERALS + ")(?:" + rule.units.map((row) => "(" + row[3] + ")").join("|") + ")");
  /** @type {Measure | null} */
  let found = null;
  for (let rest = text; rest && kind;) {
    if (found && rest === "半") return {...found, total: found.total + Math.floor(found.unit / 2), half: true};
    const few = number(rules, rest);
    if (found && few && ONE.test(rest) && rule.tenths) return {...found, total: found.total + Math.floor((few.units / SCALE) * found.unit / 10), doubt: true};
    const match = part.exec(rest);
    const many = match && number(rules, match[1]);
    if (!match || !many) return null;
    found = withPart(found, many, rule.units[match.slice(2).findIndex(Boolean)], largest);
    if (!found) return null;
    rest = rest.slice(match[0].length).replace(/^[〇又]/, "");
  }
  return found;
}

export const sizeOf = (/** @type {Unit} */ row) => (SCALE * row[1]) / row[2];

/** @param {Measure | null} found @param {Num} many @param {Unit} row @param {number} largest @returns {Measure | null} */
function withPart(found, many, row, largest) {
  const unit = sizeOf(row);
  const doubt = many.doubt || many.loose;
  const broken = many.units % SCALE > 0;
  const total = (Math.min(many.units, largest) * row[1]) / row[2];
  if (total % 1) return null;
  if (!found) return {total, unit, name: row[0], doubt, half: many.units === SCALE / 2, broken};
  if (total >= found.unit || unit >= found.unit || found.broken) return null;
  return {...found, total: found.total + total, unit, doubt: found.doubt || doubt, broken};
}

/** The fault of a quantity of another kind, null for none. @param {MoneyRules} rules @param {string} text @param {string} kind @param {string} unit */
export function wrongUnit(rules, text, kind, unit) {
  for (const other of Object.keys(rules.measures)) {
    const amount = other === kind ? null : measure(rules, around(rules, text, rules.measures[other].before), other);
    if (amount && amount.unit) return fault("wrong_unit", {unit, other: amount.name});
  }
  return null;
}

/** The reading of an amount of fen. @param {number} fen */
export function money(fen) {
  const yuan = (fen - (fen % 100)) / 100 + "." + String(100 + (fen % 100)).slice(1);
  return isValue("money", yuan, {n: showMoney(yuan)});
}

/** Read yuan, to the fen, out of a text with its numerals in one form. @param {MoneyRules} rules @param {string} text @returns {Reading} */
export function amountOf(rules, text) {
  const amount = measure(rules, around(rules, text, rules.measures.money.before), "money");
  if (!amount) return wrongUnit(rules, text, "money", "yuan") || fault("money");
  if (amount.total >= LIMIT) return fault("too_large");
  if (amount.total % 100) return fault("decimals");
  const value = money(amount.total / 100);
  if (amount.doubt) return ask("which", [value]);
  return amount.total > rules.asked_above * SCALE ? ask("large", [value]) : value;
}

/**
 * Read a text with numbers, its numerals in one form; words such as 没错 at its end answer a question with one candidate.
 *
 * @param {MoneyRules} rules
 * @param {string} written
 * @param {(text: string) => Reading} reader
 */
export function readWithNumbers(rules, written, reader) {
  const sure = new RegExp(rules.sure);
  const text = numerals(rules, written.replace(sure, ""));
  if (text === null) return fault("blank_inside");
  const found = reader(text);
  return sure.test(written) && found.kind === "ask" && found.candidates.length === 1 ? found.candidates[0] : found;
}

/** What was found in a text, or why there is no number in it. @param {MoneyRules} rules @param {string} kind @param {string} text @param {Reading} found @returns {Reading} */
export function explained(rules, kind, text, found) {
  if (found.kind !== "fault" || found.key !== kind) return found;
  if (new RegExp(rules.negative).test(text)) return fault("negative");
  if (new RegExp(rules.range).test(text)) return fault("range");
  return new RegExp(rules.approximate).test(text) && /[0-9〇一二三四五六七八九十百千万亿]/.test(text) ? ask("approximate") : found;
}

/** Read an amount as it was typed; the quick answer has nothing else. @param {MoneyRules} rules @param {string} typed @returns {Reading} */
export function readMoney(rules, typed) {
  return readWithNumbers(rules, plain(rules, typed), (text) => explained(rules, "money", text, amountOf(rules, text)));
}
