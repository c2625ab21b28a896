// @ts-check
// The settlement slip's own lines, to hold beside the paper from the hospital; where the two differ, the calculator
// says which answer would explain it.

import {button, el, fill, goTo, replace} from "../shared/dom.js";
import {refusal} from "../form/errors.js";
import {showMoney} from "../shared/numbers.js";
import {chips, fold, heading} from "./sections.js";
import {typed} from "./result-field.js";

/** The lines in the order in which a slip has them; the first is the whole bill. */
export function slipLines({result}) {
  if (!result.slip) return [];
  return [["medfee_sumamt", result.total_cost], ...Object.entries(result.slip)].filter(([, amount]) => amount);
}

export function slip(view) {
  const lines = slipLines(view);
  if (!lines.length) return null;
  return fold(view.text.slip_title, () => form(view, lines));
}

function form(view, lines) {
  const {text, words, actions, result} = view;
  const checks = Boolean(actions.estimate) && !result.visits;
  const kept = actions.kept.paper || {};
  const fields = new Map();
  const found = el("div", {class: "mbe-found", "aria-live": "polite"});
  const row = ([code, amount]) => {
    const name = text.slip[code];
    const field = typed(view, {id: view.id("slip-" + code), type: "money", label: fill(text.on_paper, {name}), name, value: kept[code], bare: true});
    fields.set(code, field);
    return el("tr", {},
      el("th", {scope: "row"}, name, el("code", {class: "mbe-code", translate: "no"}, code)),
      el("td", {"data-label": text.ours}, words.within(amount, result.total_cost)),
      checks ? el("td", {"data-label": text.paper}, field.element) : null);
  };
  const run = async () => {
    const wrong = [...fields.values()].map((field) => field.check(false)).find(Boolean);
    if (wrong) return goTo(wrong);
    const paper = {};
    for (const [code, field] of fields) if (field.read()) paper[code] = field.read();
    actions.kept.paper = paper;
    actions.keep();
    if (!Object.keys(paper).length) return replace(found, el("p", {}, text.paper_empty));
    try {
      const {paper: told} = await actions.estimate({paper});
      return replace(found, told ? verdict(view, told) : el("p", {}, text.not_settled));
    } catch (error) {
      return replace(found, refusal(error, text.not_settled));
    }
  };
  return [
    el("p", {}, text.slip_why),
    el("table", {class: "mbe-table mbe-stack mbe-slip"}, el("caption", {}, text.slip_note),
      el("thead", {}, el("tr", {}, [text.slip_line, text.ours, ...(checks ? [text.paper] : [])].map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, lines.map(row))),
    checks ? button("mbe-second", text.paper_check, run) : null,
    found,
  ];
}

/** Which lines differ, by how much, and what would explain it. */
function verdict(view, told) {
  const {text} = view;
  const differ = told.lines.filter(({agrees}) => !agrees);
  return [
    heading(view, 1, {tabindex: "-1"}, told.agrees ? text.paper_agrees : fill(text.paper_differs, {n: String(differ.length)})),
    differ.length ? el("ul", {class: "mbe-list"}, differ.map((line) => el("li", {}, difference(view, line)))) : null,
    told.adds_up === false ? el("p", {class: "mbe-state"}, text.paper_sum) : null,
    told.agrees ? null : told.would_agree.length
      ? [el("p", {}, text.would_agree), el("ul", {class: "mbe-list"}, told.would_agree.map((way) => el("li", {}, explanation(view, way))))]
      : el("p", {}, text.no_explanation),
    told.agrees ? null : el("p", {}, fill(text.paper_ask, {office: view.page.say(view.place.office.name)})),
  ];
}

function difference({text, words}, {code, ours, paper, by, more}) {
  return fill(more ? text.paper_more : text.paper_less, {
    name: text.slip[code], paper: fill(text.money, {amount: showMoney(paper)}), ours: words.amount(ours), by: fill(text.money, {amount: showMoney(by)}),
  });
}

/** One set of answers given otherwise, each with a way to its question. */
function explanation(view, {changes, lines, all}) {
  const {text, page} = view;
  const nameOf = (fact) => (fact === "date" ? page.text.date_name : changes.find((change) => change.fact === fact).name);
  const said = changes.map(({fact, name, value, option}) => fill(fact === "date" ? text.if_date : text.if_answer, {
    name, option: option || fill(text.money, {amount: showMoney(String(value))}),
  }));
  const agreeing = all ? text.all_agree : fill(text.some_agree, {lines: lines.map((code) => text.slip[code]).join(page.text.comma)});
  return [
    el("p", {}, said.join(page.text.comma) + page.text.comma + agreeing),
    chips(view, changes.map(({fact}) => fact), "", (fact) => fill(text.look_at, {name: nameOf(fact)})),
  ];
}
