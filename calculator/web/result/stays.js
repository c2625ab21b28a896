// @ts-check
// Earlier stays of the same year: what they used up of deductibles and limits counts for this one.

import {button, el, fill, goTo, replace} from "../shared/dom.js";
import {refusal} from "../form/errors.js";
import {fold, heading} from "./sections.js";
import {missing} from "./missing-numbers.js";
import {payers} from "./payers.js";
import {typed} from "./result-field.js";

const OF_A_VISIT = ["visit", "money"]; // the groups of facts that each stay has of its own

export function stays(view) {
  const {text, result, actions} = view;
  if (!actions.estimate || !actions.request || !result.self_pays || !result.total_cost || result.visits) return null;
  return fold(text.stays, () => form(view));
}

function form(view) {
  const {text, actions} = view;
  const kept = actions.kept.stays || [];
  const rows = el("div", {});
  const found = el("div", {class: "mbe-found", "aria-live": "polite"});
  const fields = [];
  const add = (stay) => {
    const field = row(view, fields.length + 1, stay || {});
    fields.push(field);
    rows.append(field.element);
    return field;
  };
  (kept.length ? kept : [null]).forEach(add);
  const together = async () => {
    const wrong = fields.map((field) => field.check()).find(Boolean);
    if (wrong) return goTo(wrong);
    const given = fields.map((field) => field.read()).filter(Boolean);
    actions.kept.stays = given;
    actions.keep();
    try {
      replace(found, given.length ? shown(view, await actions.estimate(asVisits(view, given)), given) : el("p", {}, text.stays_none));
    } catch (error) {
      replace(found, refusal(error, text.not_settled));
    }
    return undefined;
  };
  return [
    el("p", {}, text.stays_why), el("p", {}, text.stays_same), rows,
    el("div", {class: "mbe-acts"},
      button("mbe-second", text.stays_together, together),
      button("mbe-second", text.stays_add, () => add(null).input.focus())),
    found,
  ];
}

/** The fields of one earlier stay: day, hospital, cost. Empty ones do not count. */
function row(view, number, stay) {
  const {text, page, place, result} = view;
  const id = view.id("stay-" + number + "-");
  const day = typed(view, {id: id + "day", type: "day", label: text.stay_day, name: text.stay_day, value: stay.date});
  const cost = typed(view, {id: id + "cost", type: "money", label: text.stay_cost, name: text.stay_cost, value: stay.total_cost});
  const levels = place.asks_facts.includes("hospital_level") ? Object.entries(page.bundle.facts.hospital_level.options) : [];
  const now = stay.hospital_level || (view.actions.request.facts || {}).hospital_level;
  const level = el("select", {class: "mbe-select", id: id + "level", autocomplete: "off"},
    el("option", {value: ""}, page.text.not_sure),
    levels.map(([option, names]) => el("option", {value: option, selected: option === now}, page.say(names))));
  const empty = () => !day.input.value.trim() && !cost.input.value.trim();
  return {
    element: el("fieldset", {class: "mbe-stay-form"}, el("legend", {}, fill(text.stay_n, {n: String(number)})), day.element,
      levels.length ? el("div", {class: "mbe-question"}, el("label", {class: "mbe-label", for: id + "level"}, text.hospital), level) : null, cost.element),
    input: day.input,
    read: () => (empty() ? null : {date: day.read(), total_cost: cost.read(), ...(level.value ? {hospital_level: level.value} : {})}),
    check: () => {
      if (empty()) return null;
      const wrong = [day.check(true), cost.check(true)].find(Boolean);
      return wrong || (day.read() > result.date ? day.mark(fill(text.stay_later, {date: view.page.day(result.date)})) : null);
    },
  };
}

/** The request's changes: each stay with facts of its own; what holds for the person stays. */
function asVisits({page, result, actions}, given) {
  const {facts} = actions.request;
  const own = Object.keys(facts).filter((fact) => OF_A_VISIT.includes(page.bundle.facts[fact].group));
  const pick = (names) => Object.fromEntries(names.map((name) => [name, facts[name]]));
  const circumstances = pick(own.filter((fact) => page.bundle.facts[fact].group === "visit" && fact !== "hospital_level"));
  return {
    facts: Object.fromEntries(own.map((fact) => [fact, undefined])),
    visits: [...given.map((stay) => ({...circumstances, ...stay})), {date: result.date, ...pick(own)}],
  };
}

/** What this stay comes to with the earlier ones, and what each of them did. */
function shown(view, year, given) {
  const {text, words, page, result} = view;
  const number = given.length + 1; // stays of one day keep their order, so this one is the last
  const now = year.visits[number - 1];
  const rows = year.visits.map((stay, index) => el("tr", {class: index === number - 1 ? "mbe-this" : null},
    el("th", {scope: "row"}, page.day(stay.date), index === number - 1 ? el("span", {class: "mbe-tag"}, text.this_one) : null),
    cells(view, stay)));
  const lines = year.lines.filter(({visit}) => visit === number).map((line) => ({...line, visit: undefined}));
  const inner = Object.assign(Object.create(view), {
    level: view.level + 1, prefix: view.id("year-"), result: {...result, lines, missing: year.missing, self_pays: now.self_pays, slip: now.slip, visits: undefined},
  });
  return [
    heading(view, 1, {tabindex: "-1"}, fill(text.stays_answer, {amount: words.amount(now.self_pays)})),
    el("p", {}, page.text.result.caveat, page.text.mark.space, fill(text.stays_alone, {amount: words.amount(result.self_pays)})),
    el("table", {class: "mbe-table mbe-stack"}, el("caption", {}, text.stays_each),
      el("thead", {}, el("tr", {}, [text.stay_day, text.stay_cost, text.you_pay].map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, rows, el("tr", {class: "mbe-sum"}, el("th", {scope: "row"}, text.sum), cells(view, year)))),
    payers(inner),
    year.missing.length > result.missing.length ? missing(inner) : null,
  ];
}

function cells({text, words}, {total_cost: total, self_pays: pays}) {
  return [[text.stay_cost, total], [text.you_pay, pays]].map(([label, amount]) => el("td", {"data-label": label}, words.amount(amount)));
}
