// @ts-check
// Earlier hospital stays of the same year: what they used of deductibles and ceilings counts for this one.

import {button, el, fill, goTo, replace} from "../shared/dom.js";
import {faultsParagraph} from "../form/errors.js";
import {fold, heading} from "./sections.js";
import {missingNumbers} from "./missing-numbers.js";
import {payers} from "./payers.js";
import {resultField} from "./result-field.js";

/** @import {Changes, Estimate, EstimateRequest, PersonResult, Stay, View} from "../../../types/estimator" */

const STAY_GROUPS = ["visit", "money"]; // groups of facts that are given for each stay

/** @param {View} view */
export function stays(view) {
  const {text, result, actions, place} = view;
  if (place.form.event === "school" || !actions.estimate || !actions.request || !result.self_pays || !result.total_cost || result.visits) return null;
  return fold(text.stays, () => form(view));
}

/** @param {View} view */
function form(view) {
  const {text, actions} = view;
  const savedStays = actions.forms.stays || [];
  const rows = el("div", {});
  const output = el("div", {class: "mbe-found", "aria-live": "polite"});
  /** @type {ReturnType<typeof row>[]} */ const fields = [];
  const add = (/** @type {Stay | null} */ stay) => {
    const field = row(view, fields.length + 1, stay || {});
    fields.push(field);
    rows.append(field.element);
    return field;
  };
  (savedStays.length ? savedStays : [null]).forEach(add);
  const estimateYear = async () => {
    const wrong = fields.map((field) => field.check()).find(Boolean);
    if (wrong) return goTo(wrong);
    const earlier = /** @type {Stay[]} */ (fields.map((field) => field.read()).filter(Boolean));
    actions.forms.stays = earlier;
    actions.save();
    try {
      replace(output, earlier.length ? yearElements(view, await /** @type {Estimate} */ (actions.estimate)(changesFor(view, earlier)), earlier) : el("p", {}, text.stays_none));
    } catch (error) {
      replace(output, faultsParagraph(error, text.not_settled));
    }
    return undefined;
  };
  return [
    el("p", {}, text.stays_why), el("p", {}, text.stays_same), rows,
    el("div", {class: "mbe-acts"},
      button("mbe-second", text.stays_together, estimateYear),
      button("mbe-second", text.stays_add, () => add(null).input.focus())),
    output,
  ];
}

/**
 * The fields of one earlier stay: day, hospital, cost. Ignored while day and cost are empty.
 *
 * @param {View} view
 * @param {number} number
 * @param {Stay} stay
 */
function row(view, number, stay) {
  const {text, page, place, result} = view;
  const id = view.id("stay-" + number + "-");
  const day = resultField(view, {id: id + "day", type: "day", label: text.stay_day, name: text.stay_day, value: stay.date});
  const cost = resultField(view, {id: id + "cost", type: "money", label: text.stay_cost, name: text.stay_cost, value: stay.total_cost});
  const levels = place.asks_facts.includes("hospital_level") ? Object.entries(page.bundle.facts.hospital_level.options) : [];
  const defaultLevel = stay.hospital_level || ((view.actions.request && view.actions.request.facts) || {}).hospital_level;
  const level = el("select", {class: "mbe-select", id: id + "level", autocomplete: "off"},
    el("option", {value: ""}, page.text.not_sure),
    levels.map(([option, names]) => el("option", {value: option, selected: option === defaultLevel}, page.say(names))));
  const isEmpty = () => !day.input.value.trim() && !cost.input.value.trim();
  return {
    element: el("fieldset", {class: "mbe-stay-form"}, el("legend", {}, fill(text.stay_n, {n: String(number)})), day.element,
      levels.length ? el("div", {class: "mbe-question"}, el("label", {class: "mbe-label", for: id + "level"}, text.hospital), level) : null, cost.element),
    input: day.input,
    /** @returns {Stay | null} */
    read: () => (isEmpty() ? null : {date: String(day.read()), total_cost: String(cost.read()), ...(level.value ? {hospital_level: level.value} : {})}),
    check: () => {
      if (isEmpty()) return null;
      const wrong = [day.check(true), cost.check(true)].find(Boolean);
      return wrong || (String(day.read()) > result.date ? day.mark(fill(text.stay_later, {date: view.page.day(result.date)})) : null);
    },
  };
}

/**
 * The changes of the request: the facts of each stay move into `visits`; those of the person remain.
 *
 * @param {View} view
 * @param {Stay[]} earlier
 * @returns {Changes}
 */
function changesFor({page, result, actions}, earlier) {
  const {facts = {}} = /** @type {EstimateRequest} */ (actions.request);
  const own = Object.keys(facts).filter((fact) => STAY_GROUPS.includes(page.bundle.facts[fact].group));
  const pick = (/** @type {string[]} */ names) => Object.fromEntries(names.map((name) => [name, facts[name]]));
  const circumstances = pick(own.filter((fact) => page.bundle.facts[fact].group === "visit" && fact !== "hospital_level"));
  return {
    facts: Object.fromEntries(own.map((fact) => [fact, undefined])),
    visits: [...earlier.map((stay) => ({...circumstances, ...stay})), {date: result.date, ...pick(own)}],
  };
}

/**
 * The amount of this stay after the earlier ones, and a table of all stays.
 *
 * @param {View} view
 * @param {PersonResult} year
 * @param {Stay[]} earlier
 */
function yearElements(view, year, earlier) {
  const {text, words, page, result} = view;
  const number = earlier.length + 1; // stays of the same day keep their order, so this one is the last
  const {visits = []} = year;
  const thisStay = visits[number - 1];
  const rows = visits.map((stay, index) => el("tr", {class: index === number - 1 ? "mbe-this" : null},
    el("th", {scope: "row"}, page.day(stay.date), index === number - 1 ? el("span", {class: "mbe-tag"}, text.this_one) : null),
    cells(view, stay)));
  const lines = year.lines.filter(({visit}) => visit === number).map((line) => ({...line, visit: undefined}));
  const yearView = Object.assign(Object.create(view), {
    level: view.level + 1, prefix: view.id("year-"), result: {...result, lines, missing: year.missing, self_pays: thisStay.self_pays, slip: thisStay.slip, visits: undefined},
  });
  return [
    heading(view, 1, {tabindex: "-1"}, fill(text.stays_answer, {amount: words.amount(thisStay.self_pays)})),
    el("p", {}, page.text.result.caveat, page.text.mark.space, fill(text.stays_alone, {amount: words.amount(result.self_pays)})),
    el("table", {class: "mbe-table mbe-stack"}, el("caption", {}, text.stays_each),
      el("thead", {}, el("tr", {}, [text.stay_day, text.stay_cost, text.you_pay].map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, rows, el("tr", {class: "mbe-sum"}, el("th", {scope: "row"}, text.sum), cells(view, year)))),
    payers(yearView),
    year.missing.length > result.missing.length ? missingNumbers(yearView) : null,
  ];
}

/** @param {View} view @param {Pick<PersonResult, "total_cost" | "self_pays">} sums */
function cells({text, words}, {total_cost: total, self_pays: pays}) {
  return [[text.stay_cost, total], [text.you_pay, pays]].map(([label, amount]) => el("td", {"data-label": label}, words.amount(amount)));
}
