// @ts-check
// The lines of the settlement slip, to compare with the hospital's paper; if they differ, the calculator says which
// answers would explain it.

import {button, el, fill, goTo, replace} from "../shared/dom.js";
import {faultsParagraph} from "../form/errors.js";
import {showMoney} from "../shared/numbers.js";
import {chips, fold, heading} from "./sections.js";
import {resultField} from "./result-field.js";

/** @import {Amount, Estimate, PaperCheck, PaperExplanation, PaperLine, View} from "../../../types/estimator" */

const SCHOOL = "school"; // the event of a place whose bills are school fees

/**
 * The lines in the order of a slip; the first is the total bill.
 *
 * @param {View} view
 * @returns {Array<[string, Amount]>}
 */
export function slipLines({result, place}) {
  if (!result.slip || place.form.event === SCHOOL) return []; // a school prints no settlement slip
  /** @type {Array<[string, Amount | null]>} */
  const lines = [["medfee_sumamt", result.total_cost], ...Object.entries(result.slip)];
  return /** @type {Array<[string, Amount]>} */ (lines.filter(([, amount]) => amount));
}

/** @param {View} view */
export function slip(view) {
  const lines = slipLines(view);
  if (!lines.length) return null;
  return fold(view.text.slip_title, () => form(view, lines));
}

/** @param {View} view @param {Array<[string, Amount]>} lines */
function form(view, lines) {
  const {text, words, actions, result} = view;
  const canCheck = Boolean(actions.estimate) && !result.visits;
  const savedAmounts = actions.forms.paper || {};
  /** @type {Map<string, ReturnType<typeof resultField>>} */ const fields = new Map();
  const output = el("div", {class: "mbe-found", "aria-live": "polite"});
  const row = (/** @type {[string, Amount]} */ [code, amount]) => {
    const name = text.slip[code];
    const field = resultField(view, {id: view.id("slip-" + code), type: "money", label: fill(text.on_paper, {name}), name, value: savedAmounts[code], hideLabel: true});
    fields.set(code, field);
    return el("tr", {},
      el("th", {scope: "row"}, name, el("code", {class: "mbe-code", translate: "no"}, code)),
      el("td", {"data-label": text.ours}, words.within(amount, result.total_cost)),
      canCheck ? el("td", {"data-label": text.paper}, field.element) : null);
  };
  const run = async () => {
    const wrong = [...fields.values()].map((field) => field.check(false)).find(Boolean);
    if (wrong) return goTo(wrong);
    /** @type {Record<string, string>} */ const paper = {};
    for (const [code, field] of fields) if (field.read()) paper[code] = String(field.read());
    actions.forms.paper = paper;
    actions.save();
    if (!Object.keys(paper).length) return replace(output, el("p", {}, text.paper_empty));
    try {
      const {paper: comparison} = await /** @type {Estimate} */ (actions.estimate)({paper});
      return replace(output, comparison ? comparisonElements(view, comparison) : el("p", {}, text.not_settled));
    } catch (error) {
      return replace(output, faultsParagraph(error, text.not_settled));
    }
  };
  return [
    el("p", {}, text.slip_why),
    el("table", {class: "mbe-table mbe-stack mbe-slip"}, el("caption", {}, text.slip_note),
      el("thead", {}, el("tr", {}, [text.slip_line, text.ours, ...(canCheck ? [text.paper] : [])].map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, lines.map(row))),
    canCheck ? button("mbe-second", text.paper_check, run) : null,
    output,
  ];
}

/** Which lines differ, by how much, and what would explain it. @param {View} view @param {PaperCheck} comparison */
function comparisonElements(view, comparison) {
  const {text} = view;
  const differ = comparison.lines.filter(({agrees}) => !agrees);
  return [
    heading(view, 1, {tabindex: "-1"}, comparison.agrees ? text.paper_agrees : fill(text.paper_differs, {n: String(differ.length)})),
    differ.length ? el("ul", {class: "mbe-list"}, differ.map((line) => el("li", {}, difference(view, line)))) : null,
    comparison.adds_up === false ? el("p", {class: "mbe-state"}, text.paper_sum) : null,
    comparison.agrees ? null : comparison.would_agree.length
      ? [el("p", {}, text.would_agree), el("ul", {class: "mbe-list"}, comparison.would_agree.map((changed) => el("li", {}, explanation(view, changed))))]
      : el("p", {}, text.no_explanation),
    comparison.agrees ? null : el("p", {}, fill(text.paper_ask, {ask: view.page.say(view.place.ask)})),
  ];
}

/** @param {View} view @param {PaperLine} line */
function difference({text, words}, {code, ours, paper, by, more}) {
  return fill(more ? text.paper_more : text.paper_less, {
    name: text.slip[code], paper: fill(text.money, {amount: showMoney(paper)}), ours: words.amount(ours), by: fill(text.money, {amount: showMoney(by)}),
  });
}

/**
 * One set of changed answers that would explain the difference, with buttons to their questions.
 *
 * @param {View} view
 * @param {PaperExplanation} explanation
 */
function explanation(view, {changes, lines, all}) {
  const {text, page} = view;
  const nameOf = (/** @type {string} */ fact) => {
    const change = changes.find((each) => each.fact === fact);
    return fact === "date" || !change ? page.text.date_name : change.name;
  };
  const sentences = changes.map(({fact, name, value, option: label}) => {
    const option = label || fill(text.money, {amount: showMoney(String(value))});
    return fact === "date" ? fill(text.if_date, {option}) : fill(text.if_answer, {name, option});
  });
  const agreeing = all ? text.all_agree : fill(text.some_agree, {lines: lines.map((code) => text.slip[code]).join(page.text.comma)});
  return [
    el("p", {}, sentences.join(page.text.comma) + page.text.comma + agreeing),
    chips(view, changes.map(({fact}) => fact), "", (fact) => fill(text.look_at, {name: nameOf(fact)})),
  ];
}
