// @ts-check
// What each member of a household is entitled to, arranged as a table and as plain text.

import {fill} from "../../shared/dom.js";
import {fittingOf} from "../../result/fitting.js";
import {Words, amountOf, partOf} from "../../result/words.js";

/** @import {EstimateResult, HouseholdResult, MemberResult, NotEligible, Page} from "../../../../types/estimator" */

/**
 * The table cells of one member: a short text for each policy that applies.
 *
 * @param {Page} page
 * @param {MemberResult} whole
 * @returns {Map<string, string>} by policy
 */
export function cellsOf(page, whole) {
  const {text} = page;
  const member = fittingOf(whole);
  /** @type {Map<string, string>} */ const cells = new Map();
  /** @template {{policy: string}} Entry @param {Entry[]} entries @param {(entry: Entry) => string} textOf */
  const put = (entries, textOf) => {
    for (const entry of entries) if (!cells.has(entry.policy)) cells.set(entry.policy, textOf(entry));
  };
  put(member.lines.filter(({amount}) => amount.high !== "0.00"), ({amount}) => partOf(text.result, amount, member.total_cost));
  put(member.cash, ({year_amount: amount}) => fill(text.household.in_year, {amount: amountOf(text.result, amount)}));
  put(member.subsidies, ({amount}) => amountOf(text.result, amount));
  put(member.services, ({for_whom: whom}) => (whom ? fill(text.household.has_for, {whom}) : text.household.has));
  put(member.statuses.filter(({holds}) => holds), () => text.household.meets);
  put(member.may_also_help, () => text.household.may_get);
  put([...member.undecided, ...member.statuses.filter(({holds}) => holds === null)], () => text.household.ask);
  return cells;
}

/**
 * The rows of the table: [{policy, title, cells: [text or "" for each member]}], in the calculator's order.
 *
 * @param {Page} page
 * @param {MemberResult[]} members
 */
export function rowsOf(page, members) {
  const columns = members.map((member) => cellsOf(page, member));
  const words = new Words(page, page.bundle.places[page.place]);
  const policies = Object.keys(page.bundle.places[page.place].policies).map((policy) => page.place + "/" + policy);
  return policies
    .filter((policy) => columns.some((cells) => cells.has(policy)))
    .map((policy) => ({policy, title: titleOf(words, members, policy), cells: columns.map((cells) => cells.get(policy) || "")}));
}

/** @type {Array<"lines" | "cash" | "subsidies" | "services" | "statuses" | "may_also_help" | "undecided" | "not_eligible">} */
const LISTS = ["lines", "cash", "subsidies", "services", "statuses", "may_also_help", "undecided", "not_eligible"];

/** @param {Words} words @param {MemberResult[]} members @param {string} policy */
function titleOf(words, members, policy) {
  for (const member of members) {
    for (const list of LISTS) {
      /** @type {{policy: string, version: string}[]} */ const entries = member[list];
      const entry = entries.find((item) => item.policy === policy);
      if (entry) return words.title(entry);
    }
  }
  return policy;
}

/**
 * The policies that a member does not qualify for, with the missing conditions; `near` if they may still be met.
 *
 * @param {MemberResult} member
 */
export function unmetPolicies(member) {
  return member.not_eligible
    .map((entry) => ({...entry, would_need: (entry.would_need || []).filter(Boolean)}))
    .filter(({would_need: wanted}) => wanted.length);
}

/**
 * A household's result as plain text; `names` of the members.
 *
 * @param {Page} page
 * @param {string} label
 * @param {string[]} names
 * @param {HouseholdResult} result
 */
export function householdText(page, label, names, result) {
  const {text} = page;
  const words = new Words(page, page.bundle.places[page.place]);
  const lines = [label || text.household.title, fill(text.household.stamp, {revision: result.revision, engine: result.engine, date: page.day(result.date), place: page.say(page.bundle.places[page.place].name)})];
  const rows = rowsOf(page, result.members);
  result.members.forEach((member, index) => {
    lines.push("", names[index]);
    if (member.self_pays) lines.push(text.household.bill_row[page.form.event] + text.colon + partOf(text.result, member.self_pays, member.total_cost));
    for (const {title, cells} of rows) if (cells[index]) lines.push(title + text.colon + cells[index]);
    for (const entry of unmetPolicies(member).filter(({near}) => near)) {
      lines.push(fill(text.household.lacks, {title: words.title(entry), list: entry.would_need.join(text.semicolon)}));
    }
  });
  lines.push("", text.result.caveat);
  return lines.join("\n").replace(/[\u2068\u2069]/g, "");
}
