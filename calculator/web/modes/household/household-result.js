// @ts-check
// The result of a household: totals, a table of members and policies, and each member's own result.

import {el, fill} from "../../shared/dom.js";
import {rowsOf, unmetPolicies} from "./entitlements.js";
import {validity} from "../../result/answer.js";
import {Result} from "../../result/result.js";
import {holdBack} from "../../result/outdated.js";
import {chips} from "../../result/sections.js";
import {Words, partOf, sumOf} from "../../result/words.js";

/** @import {Actions, Amount, HouseholdResult, HouseholdTotals, MemberResult, Page, Texts} from "../../../../types/estimator" */
/** @typedef {ReturnType<typeof rowsOf>[number]} Row */

const BILL_GROUPS = ["visit", "money"]; // groups of questions that are only about a bill

/**
 * @param {Page} page
 * @param {string[]} names of the members
 * @param {HouseholdResult} result
 * @param {(index: number) => Actions} actionsOf the actions of one member's result
 * @returns {Array<HTMLElement | null>}
 */
export function householdResult(page, names, result, actionsOf) {
  const {text} = page;
  return [
    el("h2", {class: "mbe-household-answer", tabindex: "-1"}, text.household.result),
    el("p", {class: "mbe-caveat"}, text.result.caveat),
    totals(page, result.totals),
    ...validity(new Words(page, page.bundle.places[page.place]), result).map((sentence) => (sentence ? el("p", {}, sentence) : null)),
    ...tables(page, names, result.members).filter(Boolean),
    ...result.members.map((member, index) => memberSection(page, names[index], member, actionsOf(index))),
    el("p", {class: "mbe-stamp"}, fill(text.household.stamp, {revision: result.revision, engine: result.engine, date: page.day(result.date), place: page.say(page.bundle.places[page.place].name)})),
  ];
}

/** @param {Page} page @param {HouseholdTotals} totals */
function totals(page, {total_cost: bills, self_pays: pays, cash, subsidies, undecided}) {
  const {household, result} = page.text;
  const row = (/** @type {string} */ label, /** @type {Amount | null} */ amount) => el("div", {class: "mbe-row"}, el("dt", {class: "mbe-who"}, label), el("dd", {class: "mbe-amount"}, sumOf(result, amount)));
  const isSome = (/** @type {Amount | null} */ range) => range && (range.high === null || range.high !== "0.00");
  return el("dl", {class: "mbe-totals"},
    isSome(bills) ? [row(household.all_bills[page.form.event], bills), row(household.all_pay[page.form.event], pays)] : null,
    isSome(cash) || !isSome(undecided) ? row(household.all_cash, cash) : null, // a zero is shown only where it is known
    isSome(subsidies) ? row(household.all_subsidies, subsidies) : null,
    isSome(undecided) ? row(household.all_undecided, undecided) : null);
}

/**
 * Policies that are certain for a member; those that are open for all members are folded.
 *
 * @param {Page} page
 * @param {string[]} names
 * @param {MemberResult[]} members
 */
function tables(page, names, members) {
  const {text} = page;
  const allRows = rowsOf(page, members);
  const isCertain = (/** @type {Row} */ {cells}) => cells.some((cell) => cell && cell !== text.household.ask);
  const rows = allRows.filter(isCertain);
  const open = allRows.filter((row) => !isCertain(row));
  if (members.some(({total_cost: bill}) => bill)) {
    rows.unshift({policy: "", title: text.household.bill_row[page.form.event], cells: members.map((member) => (member.total_cost ? partOf(text.result, member.self_pays, member.total_cost) : ""))});
  }
  return [
    rows.length ? table(text.household, text.household.table, names, rows) : el("p", {}, text.household.nothing),
    open.length ? el("details", {class: "mbe-more"}, el("summary", {}, fill(text.count, {title: text.household.open_rows, n: String(open.length)})),
      table(text.household, text.household.open_rows, names, open)) : null,
  ];
}

/** @param {Texts} household @param {string} title @param {string[]} names @param {Row[]} rows */
function table(household, title, names, rows) {
  const cell = (/** @type {string} */ content, /** @type {number} */ index) => el("td", {"data-who": names[index], class: content ? null : "mbe-none"}, content || household.none);
  return el("div", {class: "mbe-wide", role: "region", tabindex: "0", "aria-label": title},
    el("table", {class: "mbe-grid"},
      el("caption", {}, title),
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, household.what), names.map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, rows.map(({title, cells}) => el("tr", {}, el("th", {scope: "row"}, title), cells.map(cell))))));
}

/**
 * One member: open questions, unmet conditions, and the full result, folded.
 *
 * @param {Page} page
 * @param {string} name
 * @param {MemberResult} member
 * @param {Actions} actions
 */
function memberSection(page, name, member, actions) {
  const {household, result} = page.text;
  const words = new Words(page, page.bundle.places[page.place]);
  const unmet = unmetPolicies(member);
  const near = unmet.filter((entry) => entry.near);
  const far = unmet.filter((entry) => !entry.near);
  const lacks = (/** @type {(typeof unmet)[number]} */ entry) => el("li", {}, el("b", {}, words.title(entry)), el("p", {}, fill(result.would_need, {list: entry.would_need.join(page.text.semicolon)})));
  const isRelevant = (/** @type {{fact: string, bill?: boolean}} */ {fact, bill}) => member.total_cost || !bill || !BILL_GROUPS.includes(page.bundle.facts[fact].group);
  const needs = member.needs.filter(({fact}) => page.form.asks.some((ask) => ask.fact === fact && !ask.finer && isRelevant(ask)));
  return el("section", {class: "mbe-block mbe-member-result"},
    el("h3", {}, name),
    needs.length ? [el("p", {}, household.needs), chips({words, actions}, needs.map(({fact}) => fact))] : null,
    near.length ? [el("h4", {}, household.near), el("ul", {class: "mbe-list"}, near.map(lacks))] : null,
    far.length ? el("details", {class: "mbe-more"}, el("summary", {}, fill(page.text.count, {title: household.far, n: String(far.length)})), el("ul", {class: "mbe-list"}, far.map(lacks))) : null,
    fullResult(page, name, member, actions));
}

/**
 * The member's full result, folded; built when it is opened.
 *
 * @param {Page} page
 * @param {string} name
 * @param {MemberResult} member
 * @param {Actions} actions
 */
function fullResult(page, name, member, actions) {
  const details = el("details", {class: "mbe-more mbe-whole"}, el("summary", {}, fill(page.text.household.one_by_one, {name})));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      const elements = new Result(page, member, actions).build({level: 4});
      details.append(el("div", {}, elements));
      holdBack(details);
    }
  });
  return details;
}
