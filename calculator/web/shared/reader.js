// @ts-check
// Reading what people write as a fact: a value, a fault, or a question; never another number than was written.
// The same as calculator/mingbai_reading, by the same rules, which the page has as data.

import {NUMERALS, SCALE, amountOf, around, ask, explained, fault, isValue, measure, money, number, plain, readWithNumbers, silent, sizeOf, stripped, wrongUnit} from "./read-number.js";

/** @import {DateRules, Definition, MeasureRules, Reading, Rules, Unit} from "../../../types/reading" */

const ALL = 10000;
const LONGEST = 200;

/**
 * What a text says of a fact. Without `today` (YYYY-MM-DD), words such as 昨天 are a fault.
 * @param {Rules} rules @param {Definition} fact @param {string} text @param {string} [today] @returns {Reading}
 */
export function read(rules, fact, text, today) {
  const written = plain(rules, text);
  if (!written) return silent("empty");
  if (rules.unknown.includes(word(rules, written))) return silent("unknown");
  if (Array.from(written).length > LONGEST) return fault("too_long", {most: String(LONGEST)});
  const {type} = fact;
  if (type === "bool") return readBool(rules, written, fact);
  if (type === "choice") return readChoice(rules, written, fact);
  if (type === "list") return readList(rules, written, fact);
  if (!["money", "whole", "rate", "day", "month"].includes(type)) return fault("not_typed");
  return readWithNumbers(rules, written, (digits) => readNumber(rules, fact, digits, today || ""));
}

/** @param {Rules} rules @param {Definition} fact @param {string} text with its numerals in one form @param {string} today @returns {Reading} */
function readNumber(rules, fact, text, today) {
  const {type} = fact;
  if (type === "day" || type === "month") return readDate(rules, text, type, fact.kind || (type === "day" ? "event" : "birth"), today);
  if (rules.nothing.includes(text)) {
    if (type === "rate" || (fact.low || 0) > 0) return fault(type);
    return ask("which", [type === "money" ? money(0) : whole(0, fact.unit, 0)]);
  }
  const found = type === "money" ? amountOf(rules, text) : type === "rate" ? readRate(rules, text) : readWhole(rules, text, fact);
  return explained(rules, type, text, found);
}

// whole numbers

/** @param {Rules} rules @param {string} text @param {Definition} fact @returns {Reading} */
function readWhole(rules, text, fact) {
  const unit = fact.unit;
  const named = (/** @type {Unit} */ row) => row[0] === unit;
  const kind = Object.keys(rules.measures).find((each) => rules.measures[each].units.some(named)) || "";
  /** @type {MeasureRules} */ const rule = kind ? rules.measures[kind] : {units: []};
  const amount = measure(rules, around(rules, text, rule.before), kind);
  if (!amount) return wrongUnit(rules, text, kind, unit || "") || fault("whole");
  const row = rule.units.find(named);
  const size = row ? sizeOf(row) : SCALE;
  const total = amount.unit ? amount.total : Math.floor(amount.total / SCALE) * size;
  if (rule.elapsed && amount.unit > size && !amount.half && !amount.broken) {
    return fault("coarse", {low: String(Math.floor(total / size)), high: String(Math.floor((total + amount.unit) / size) - 1), unit});
  }
  if ((amount.broken && (rule.elapsed || !amount.unit) && !amount.half) || total % (rule.elapsed ? SCALE : size)) return fault("not_whole");
  const count = Math.floor(total / size);
  const low = fact.low || 0;
  const high = typeof fact.high === "number" ? fact.high : Infinity;
  if (count < low || count > high) return fault("out_of_range", {low: String(low), high: high === Infinity ? "" : String(high), unit: unit || ""});
  const value = whole(count, unit, (total % size) / SCALE);
  return amount.doubt ? ask("which", [value]) : value;
}

/** @param {number} count @param {string | undefined} unit @param {number} months */
function whole(count, unit, months) {
  if (!months) return isValue(unit || "whole", count, {n: String(count)});
  return isValue(count ? "years_months" : "no_year", count, {n: String(count), months: String(months)});
}

// rates

/** @param {Rules} rules @param {string} written @returns {Reading} */
function readRate(rules, written) {
  const text = around(rules, written).replace(new RegExp("^(?:" + rules.rate_before + ")+"), "");
  if (Object.keys(rules.shares).includes(text)) return rate(rules.shares[text]);
  for (const pattern of rules.tenths) {
    const match = new RegExp(pattern).exec(text);
    if (match) return inTenths(rules, match[1], match[2], /折$/.test(text));
  }
  for (const [pattern, points] of rules.rates) {
    const match = new RegExp(pattern.replace("N", NUMERALS)).exec(text);
    const share = match && number(rules, match[1]);
    if (share) return checkedRate(share.units, points, share.doubt || share.loose);
  }
  const bare = number(rules, text);
  if (!bare) return wrongUnit(rules, text, "", "percent") || fault("rate");
  if (bare.units < SCALE) return checkedRate(bare.units, ALL, bare.doubt);
  const percent = checkedRate(bare.units, 100, bare.doubt && bare.units >= 2 * SCALE);
  if (bare.units >= 2 * SCALE || percent.kind === "fault") return percent;
  return ask("which", bare.units === SCALE ? [percent, rate(ALL)] : [percent]);
}

/** @param {number} points */
function rate(points) {
  const places = String(ALL + (points % ALL)).slice(1);
  const percent = String(points / 100); // at most two decimals: exact
  return isValue("rate", Math.floor(points / ALL) + "." + places.slice(0, 2) + places.slice(2).replace(/0+$/, ""), {n: percent});
}

/** @param {Rules} rules @param {string} first @param {string} second @param {boolean} isDiscount @returns {Reading} */
function inTenths(rules, first, second, isDiscount) {
  const tenths = number(rules, first);
  const rest = number(rules, second);
  if (!tenths || !rest) return fault("rate");
  const value = rate((tenths.units * 1000 + rest.units * (second === "半" ? 1000 : 100)) / SCALE);
  return isDiscount && rest.units === tenths.units + SCALE ? ask("which", [value]) : value;
}

/** @param {number} units @param {number} points @param {boolean} doubt @returns {Reading} */
function checkedRate(units, points, doubt) {
  if (units > ALL * SCALE || units * points > ALL * SCALE) return fault("above_all");
  if ((units * points) % SCALE) return fault("rate_places");
  const value = rate((units * points) / SCALE);
  return doubt ? ask("which", [value]) : value;
}

// words

/** @param {Rules} rules @param {string} text */
function word(rules, text) {
  return plain(rules, text).replace(/ /g, "").replace(/[.。!]+$/, "");
}

/** @param {Rules} rules @param {string} text @param {Definition} fact @returns {Reading} */
function readBool(rules, text, {name = {}, yes = [], no = []}) {
  const said = word(rules, text);
  const isOneOf = (/** @type {readonly string[]} */ words) => words.some((each) => word(rules, each) === said);
  if (isOneOf(Object.keys(name).map((lang) => name[lang])) || isOneOf(yes)) return isValue("yes", true);
  if (isOneOf(no)) return isValue("no", false);
  const isNegated = new RegExp(rules.negated).test(name.zh);
  const isSaid = (/** @type {readonly string[]} */ always, /** @type {readonly string[]} */ others) => (isNegated ? always : always.concat(others)).includes(said);
  if (isSaid(rules.yes, rules.yes_unless_negated)) return isValue("yes", true);
  return isSaid(rules.no, rules.no_unless_negated) ? isValue("no", false) : fault("bool");
}

/** @param {Rules} rules @param {string} option @param {Definition} fact @returns {string[]} */
function wordsOf(rules, option, {options = {}, options_were = {}, also = {}}) {
  const named = options[option];
  const names = Object.keys(named).filter((key) => key !== "is_a").map((key) => word(rules, named[key]));
  const former = Object.keys(options_were).filter((old) => options_were[old] === option);
  return [option, ...former, ...(also[option] || [])].map((each) => word(rules, each)).concat(names, names.map((name) => name.split("(")[0]));
}

/** @param {Rules} rules @param {string} text @param {Definition} fact @returns {Reading} */
function readChoice(rules, text, fact) {
  const said = word(rules, text);
  const named = fact.options || {};
  const options = Object.keys(named);
  const found = options.filter((option) => wordsOf(rules, option, fact).includes(said));
  if (found.length === 1) return isValue("options", found[0], {options: found});
  if (rules.nothing.includes(said) && named[rules.none]) return isValue("options", rules.none, {options: [rules.none]});
  let nearest = "";
  let most = Array.from(said).length / 2;
  for (const option of options) {
    const shared = Array.from(said).filter((sign) => (named[option].zh || "").includes(sign)).length;
    if (shared > most) [nearest, most] = [option, shared];
  }
  return fault("choice", {options, nearest});
}

/** @param {Rules} rules @param {string} text @param {Definition} fact @returns {Reading} */
function readList(rules, text, fact) {
  /** @type {string[]} */
  const found = [];
  for (const part of plain(rules, text).split(new RegExp(rules.separators))) {
    if (!word(rules, part)) continue;
    const one = readChoice(rules, part, fact);
    if (one.kind !== "value") return one;
    if (!found.includes(one.value)) found.push(one.value);
  }
  return found.length ? isValue("options", found, {options: found}) : fault("choice", {options: Object.keys(fact.options || {}), nearest: ""});
}

// days and months

/** @param {Rules} rules @param {string} written @param {"day" | "month"} unit @param {string} kind @param {string} today @returns {Reading} */
function readDate(rules, written, unit, kind, today) {
  const {dates} = rules;
  const text = withToday(dates, stripped(written, dates.before, dates.after), today);
  if (text === null) return fault("needs_today");
  const isMixed = /[0-9][〇一二三四五六七八九十]|[〇一二三四五六七八九十][0-9]/.test(text);
  const digits = text.replace(/[〇一二三四五六七八九十]+/g, (run) => {
    const value = number(rules, run);
    const plainDigits = value ? String(Math.floor(value.units / SCALE)) : "?";
    return !value || run.includes("十") ? plainDigits : plainDigits.padStart(run.length, "0");
  });
  if (isMixed) return fault(unit);
  const found = findDate(dates, digits, unit, kind, today);
  if (found || unit === "month") return found || fault(unit);
  const month = findDate(dates, digits, "month", kind, today); // 上个月, 2026年11月: rules change within a month
  return month && month.kind === "value" ? ask("which_day") : fault(unit);
}

/** The reading by the first form that fits. @param {DateRules} dates @param {string} digits @param {"day" | "month"} unit @param {string} kind @param {string} today @returns {Reading | null} */
function findDate(dates, digits, unit, kind, today) {
  for (const [pattern, order] of dates[unit]) {
    const match = new RegExp(pattern).exec(digits);
    if (!match) continue;
    /** @type {Record<string, string>} */
    const parts = {};
    for (let index = 0; index < order.length; index += 1) parts[order[index]] = match[index + 1];
    return ofParts(dates, parts, unit, kind, today);
  }
  return null;
}

/** Put 昨天, 上个月, 去年 into figures; null where one stands and today is not known. @param {DateRules} dates @param {string} text @param {string} today */
function withToday(dates, text, today) {
  for (const key of /** @type {const} */ (["days", "months", "years"])) {
    for (const said of Object.keys(dates[key])) {
      if (text === said || (key !== "days" && text.startsWith(said))) return today ? shifted(today, key, dates[key][said]) + text.slice(said.length) : null;
    }
  }
  return text;
}

/** @param {string} today @param {string} key @param {number} by */
function shifted(today, key, by) {
  const [year, month, day] = today.split("-").map(Number);
  if (key === "days") return new Date(Date.UTC(year, month - 1, day + by)).toISOString().slice(0, 10);
  if (key === "years") return year + by + "年";
  const months = year * 12 + month - 1 + by;
  return Math.floor(months / 12) + "年" + ((months % 12) + 1) + "月";
}

/** @param {DateRules} dates @param {Record<string, string>} parts @param {string} unit @param {string} kind @param {string} today @returns {Reading} */
function ofParts(dates, parts, unit, kind, today) {
  const month = parts.m || parts.t;
  const check = (/** @type {string} */ year, /** @type {string} */ m, /** @type {string | undefined} */ d, /** @type {string} */ as) => checkedDate(dates, year, m, d, as, kind, today);
  if (parts.c) {
    const likely = ["19", "20"].map((century) => check(century + parts.c, month, parts.d, unit)).filter((each) => each.kind === "value");
    return likely.length ? ask("which", likely) : fault(unit);
  }
  if (!parts.y) {
    if (!today) return fault("needs_today");
    const thisYear = Number(today.slice(0, 4));
    for (let year = thisYear; year >= thisYear - 8; year -= 1) {
      const found = check(String(year), month, parts.d, "day");
      if (found.kind === "value" && found.value <= today) return found;
    }
    return fault("no_such_day");
  }
  const one = check(parts.y, month, parts.d, unit);
  if (!parts.t) return one;
  const both = [one, check(parts.y, month + "0", undefined, unit)].filter((each) => each.kind === "value");
  return both.length ? ask("which", both) : one;
}

/** @param {DateRules} dates @param {string} year @param {string} month @param {string | undefined} day @param {string} unit @param {string} kind @param {string} today @returns {Reading} */
function checkedDate(dates, year, month, day, unit, kind, today) {
  const [y, m, d] = [Number(year), Number(month), Number(day || "1")];
  const found = y < 1 || m < 1 || m > 12 ? null : new Date(Date.UTC(2000, m - 1, d));
  if (found) found.setUTCFullYear(y, m - 1, d);
  if (!found || found.getUTCMonth() !== m - 1 || found.getUTCDate() !== d) return fault(day ? "no_such_day" : "no_such_month");
  const iso = ("000" + y).slice(-4) + "-" + ("0" + m).slice(-2) + "-" + ("0" + d).slice(-2);
  const [low, last] = dates.ranges[kind];
  const high = kind === "birth" && today ? today : last;
  const length = unit === "day" ? 10 : 7;
  if (iso < low || iso > high) return fault("implausible", {low: low.slice(0, length), high: high.slice(0, length)});
  return isValue(unit, iso.slice(0, length), {y: String(y), m: String(m), d: String(d)});
}
