// @ts-check
// One question as elements: tiles to choose from, or a field to type into. The questions come from the place's rules.

import {DAY, NONE, UNKNOWN, itemName} from "./answers.js";
import {el, fill} from "../shared/dom.js";
import {definitionOf} from "./said-back.js";
import {typedField} from "./typed-field.js";

/** @import {Ask, Fact, Field, Labels, Page} from "../../../types/estimator" */
/** @import {Definition} from "../../../types/reading" */
/** @typedef {{heading?: boolean}} Options whether the question is the heading of its screen */
/** @typedef {[string, string]} Choice value and label */

/** Approximate width of a label in ems: 1 for a Chinese character, 0.5 for a Latin letter. @param {string} label */
function ems(label) {
  return label.length - label.replace(/[^\x00-\xff]/g, "").length / 2;
}

/** The class for the width of tiles with these labels. @param {string[]} labels */
export function widthClass(labels) {
  const longest = Math.max(...labels.map(ems));
  if (labels.length <= 2 && longest <= 2) return "mbe-short";
  return longest > 9 ? "mbe-many" : "mbe-pairs";
}

/** The label, the reason and the short name of a question. @param {Page} page @param {string} name @returns {Labels} */
export function wordsOf(page, name) {
  const {bundle, say, text} = page;
  if (name === DAY) {
    const {day} = page.form;
    return {label: text.date_question[page.form.event], hint: day ? fill(text.date_why, {date: page.day(day)}) : text.date_why_short, name: text.date_name};
  }
  const fact = bundle.facts[name];
  const hint = say(fact.why) + (fact.default === 0 ? text.mark.space + text.empty_is_zero : "");
  return {label: say(fact.question), hint, name: say(fact.name)};
}

/** @param {string} value @param {string} label @returns {Choice} */
const choiceOf = (value, label) => [value, label];

/**
 * The choices as [value, label], "I do not know" last; null for a question with a typed answer.
 *
 * @param {Page} page
 * @param {Ask} ask
 * @returns {Choice[] | null}
 */
export function choicesOf(page, ask) {
  const {bundle, say, text} = page;
  const fact = bundle.facts[ask.fact];
  if (!fact) return null;
  /** @type {Choice} */ const unknown = [UNKNOWN, fact.may_not_know ? text.not_sure : text.leave_out];
  if (fact.type === "bool") return [["true", text.yes], ["false", text.no], unknown];
  if (fact.type === "choice") return [...Object.entries(fact.options).map(([option, names]) => choiceOf(option, say(names))), unknown];
  if (fact.type === "list") {
    const members = (ask.options || []).map((option) => choiceOf(option, say(fact.options[option])));
    return [...members, [NONE, text.none_of_these], [UNKNOWN, text.not_sure]];
  }
  if (fact.type === "whole" && ask.options) return [...ask.options.map((number) => choiceOf(number, number)), unknown];
  return null;
}

/**
 * Create a question; its answer is in its named inputs.
 *
 * @param {Page} page
 * @param {Ask} ask
 * @param {Options} [options]
 * @returns {Field}
 */
export function makeQuestion(page, ask, options = {}) {
  const labels = wordsOf(page, ask.fact);
  const choices = choicesOf(page, ask);
  const fact = page.bundle.facts[ask.fact];
  if (choices) return fact.type === "list" ? list(ask.fact, choices, labels, options) : choice(ask.fact, choices, labels, options);
  if (fact && fact.type === "items") return items(page, ask.fact, fact, labels, options);
  return typed(page, ask.fact, definitionOf(page, ask.fact), labels, options);
}

/** The label of a question; as a heading it can be focused. @param {string} label @param {Options} options */
function labelOrHeading(label, {heading}) {
  return heading ? el("h2", {class: "mbe-asks", tabindex: "-1"}, label) : [label];
}

/** @param {string} name @param {Labels} labels @param {HTMLElement[]} tiles @param {Options} options */
function fieldset(name, {label, hint}, tiles, options) {
  const id = "mbe-why-" + name;
  return el("fieldset", {class: "mbe-question", "data-fact": name, "aria-describedby": id},
    el("legend", {}, labelOrHeading(label, options)), el("p", {class: "mbe-why", id}, hint), el("div", {class: "mbe-tiles"}, tiles));
}

/** @param {string} type @param {string} name @param {string} value @param {string} label @param {boolean} checked */
function tile(type, name, value, label, checked) {
  return el("label", {class: "mbe-tile"}, el("input", {type, name, value, checked}), el("span", {}, label));
}

/** @param {string} name @param {Choice[]} choices @param {Labels} labels @param {Options} options */
function choice(name, choices, labels, options) {
  const tiles = choices.map(([value, label]) => tile("radio", name, value, label, value === UNKNOWN));
  const element = fieldset(name, labels, tiles, options);
  element.classList.add(widthClass(choices.slice(0, -1).map(([, label]) => label)));
  return {element, focus: /** @type {HTMLElement} */ (tiles[0].firstChild), label: labels.name};
}

/**
 * Check boxes; "none of these" and "I do not know" exclude all others.
 *
 * @param {string} name
 * @param {Choice[]} choices
 * @param {Labels} labels
 * @param {Options} options
 */
function list(name, choices, labels, options) {
  const tiles = choices.map(([value, label]) => tile("checkbox", name, value, label, value === UNKNOWN));
  const inputs = tiles.map((label) => /** @type {HTMLInputElement} */ (label.firstChild));
  const element = fieldset(name, labels, tiles, options);
  element.classList.add("mbe-many");
  const excludesOthers = (/** @type {HTMLInputElement} */ input) => input.value === UNKNOWN || input.value === NONE;
  element.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    for (const input of inputs) {
      if (target.checked && input !== target && (excludesOthers(target) || excludesOthers(input))) input.checked = false;
    }
    if (!inputs.some((input) => input.checked)) inputs[inputs.length - 1].checked = true;
  });
  return {element, focus: inputs[0], label: labels.name};
}

/**
 * The lines of a bill: one amount for each category.
 *
 * @param {Page} page
 * @param {string} name
 * @param {Fact} fact
 * @param {Labels} labels
 * @param {Options} options
 */
function items(page, name, fact, labels, options) {
  const fields = Object.entries(fact.options).map(([category, names]) => {
    const label = page.say(names);
    return typed(page, itemName(name, category), {type: "money"}, {label, hint: "", name: label}, {});
  });
  return {element: fieldset(name, labels, fields.map(({element}) => element), options), focus: fields[0].focus, label: labels.name};
}

/** @param {Page} page @param {string} name @param {Definition} fact @param {Labels} labels @param {Options} options */
function typed(page, name, fact, {label, hint, name: shortName}, options) {
  const id = "mbe-field-" + name.replace(/\W/g, "-");
  const {input, box} = typedField(page, {id, fact, name, value: name === DAY ? page.form.day : null, why: true});
  const labelElement = el("label", {class: "mbe-label", for: id}, label);
  const element = el("div", {class: "mbe-question", "data-fact": name},
    options.heading ? el("h2", {class: "mbe-asks", tabindex: "-1"}, labelElement) : labelElement,
    el("p", {class: "mbe-why", id: id + "-why"}, hint), box);
  return {element, focus: input, label: shortName};
}

/**
 * Show the error of a question, or remove it.
 *
 * @param {Pick<Field, "element" | "focus">} field
 * @param {string | undefined} error
 */
export function markWrong({element, focus}, error) {
  const shown = element.querySelector(":scope > .mbe-wrong");
  if (shown) shown.remove();
  if (/** @type {HTMLInputElement} */ (focus).type === "text") focus.setAttribute("aria-invalid", error ? "true" : "false");
  if (error) element.append(el("p", {class: "mbe-wrong"}, error));
}
