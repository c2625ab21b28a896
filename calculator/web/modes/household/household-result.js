// @ts-check
// A household's result: what all get together, a table of members and policies, and each member one by one.

import {el, fill} from "../../shared/dom.js";
import {missedBy, rowsOf} from "./entitlements.js";
import {Result} from "../../result/result.js";
import {chips} from "../../result/sections.js";
import {Words, amountOf} from "../../result/words.js";

const EVENT = ["visit", "money"]; // the groups of what is asked about a bill alone

/**
 * @param {any} page {bundle, config, text, say}
 * @param {string[]} names what the members are called
 * @param {any} result the household's result
 * @param {(index: number) => any} actionsOf what can be done from one member's result
 * @returns {HTMLElement[]}
 */
export function overview(page, names, result, actionsOf) {
  const {text} = page;
  return [
    el("h2", {class: "mbe-household-answer", tabindex: "-1"}, text.household.result),
    el("p", {class: "mbe-caveat"}, text.result.caveat),
    totals(page, result.totals),
    ...tables(page, names, result.members).filter(Boolean),
    ...result.members.map((member, index) => one(page, names[index], member, actionsOf(index))),
    el("p", {class: "mbe-stamp"}, fill(text.household.stamp, {...result, date: page.day(result.date), place: page.say(page.bundle.places[page.place].name)})),
  ];
}

function totals(page, {total_cost: bills, self_pays: pays, cash, subsidies}) {
  const {household, result} = page.text;
  const row = (label, amount) => el("div", {class: "mbe-row"}, el("dt", {class: "mbe-who"}, label), el("dd", {class: "mbe-amount"}, amountOf(result, amount)));
  const given = (range) => range && (range.high === null || range.high !== "0.00");
  return el("dl", {class: "mbe-totals"},
    given(bills) ? [row(household.all_bills, bills), row(household.all_pay, pays)] : null,
    row(household.all_cash, cash),
    given(subsidies) ? row(household.all_subsidies, subsidies) : null);
}

/** What is certain for somebody; what is open for everybody is folded away. */
function tables(page, names, members) {
  const {text} = page;
  const all = rowsOf(page, members);
  const certain = ({cells}) => cells.some((said) => said && said !== text.household.ask);
  const rows = all.filter(certain);
  const open = all.filter((row) => !certain(row));
  if (members.some(({total_cost: bill}) => bill)) {
    rows.unshift({policy: "", title: text.household.bill_row, cells: members.map((each) => (each.total_cost ? amountOf(text.result, each.self_pays) : ""))});
  }
  return [
    rows.length ? table(text.household, text.household.table, names, rows) : el("p", {}, text.household.nothing),
    open.length ? el("details", {class: "mbe-more"}, el("summary", {}, fill(text.count, {title: text.household.open_rows, n: String(open.length)})),
      table(text.household, text.household.open_rows, names, open)) : null,
  ];
}

function table(household, title, names, rows) {
  const cell = (said, index) => el("td", {"data-who": names[index], class: said ? null : "mbe-none"}, said || household.none);
  return el("div", {class: "mbe-wide", role: "region", tabindex: "0", "aria-label": title},
    el("table", {class: "mbe-grid"},
      el("caption", {}, title),
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, household.what), names.map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, rows.map(({title, cells}) => el("tr", {}, el("th", {scope: "row"}, title), cells.map(cell))))));
}

/** One member: what is missing for more, what must still be asked, and the whole result folded away. */
function one(page, name, member, actions) {
  const {household, result} = page.text;
  const words = new Words(page, page.bundle.places[page.place]);
  const missed = missedBy(member);
  const near = missed.filter((entry) => entry.near);
  const far = missed.filter((entry) => !entry.near);
  const lacks = (entry) => el("li", {}, el("b", {}, words.title(entry)), el("p", {}, fill(result.would_need, {list: entry.would_need.join(page.text.semicolon)})));
  const asked = ({fact, bill}) => member.total_cost || !bill || !EVENT.includes(page.bundle.facts[fact].group);
  const needs = member.needs.filter(({fact}) => page.form.asks.some((ask) => ask.fact === fact && !ask.finer && asked(ask)));
  return el("section", {class: "mbe-block mbe-member-result"},
    el("h3", {}, name),
    needs.length ? [el("p", {}, household.needs), chips({words, actions}, needs.map(({fact}) => fact))] : null,
    near.length ? [el("h4", {}, household.near), el("ul", {class: "mbe-list"}, near.map(lacks))] : null,
    far.length ? el("details", {class: "mbe-more"}, el("summary", {}, fill(page.text.count, {title: household.far, n: String(far.length)})), el("ul", {class: "mbe-list"}, far.map(lacks))) : null,
    whole(page, name, member, actions));
}

/** The member's whole result; it is built when somebody wants to see it. */
function whole(page, name, member, actions) {
  const more = el("details", {class: "mbe-more mbe-whole"}, el("summary", {}, fill(page.text.household.one_by_one, {name})));
  more.addEventListener("toggle", () => {
    if (more.open && more.children.length === 1) {
      const parts = new Result(page, member, actions).build({level: 4});
      more.append(el("div", {}, parts));
    }
  });
  return more;
}
