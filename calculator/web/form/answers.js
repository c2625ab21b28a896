// @ts-check
// Raw answers, as they were chosen (a list of values) or typed (a text), by name; and reading them as facts.
// What a fact means is up to the calculator; here it is only parsed.

import {fill} from "../shared/dom.js";
import {definitionOf, readText, valueSaid} from "./said-back.js";
import {errorSentence, readTyped} from "./typed-field.js";
import {showMoney} from "../shared/numbers.js";

/** @import {Ask, FactValue, FieldError, Page, Raw} from "../../../types/estimator" */

export const DAY = "date"; // name of the question for the day of the bill
export const UNKNOWN = ""; // the choice "I do not know": the fact is left out
export const NONE = "other"; // the choice "none of these" of a list
const MONEY = {type: "money"};

/**
 * The input's name for one category of a fact of type `items`, a line of a bill.
 *
 * @param {string} name
 * @param {string} category
 */
export function itemName(name, category) {
  return name + "." + category;
}

/**
 * Read the answer to one question: {value}, {error}, or {} if unknown.
 *
 * @returns {{value?: any, error?: string}}
 * @param {Page} page
 * @param {string} name
 * @param {Raw} raw
 */
export function readAnswer(page, name, raw) {
  const {bundle, say} = page;
  if (name === DAY) return readTyped(page, definitionOf(page, DAY), page.text.date_name, String(raw[DAY] || ""));
  const fact = bundle.facts[name];
  if (fact.type === "items") return readItems(page, name, raw);
  const answer = raw[name];
  if (typeof answer === "string") return readTyped(page, definitionOf(page, name), say(fact.name), answer);
  if (!answer || !answer.length || answer.includes(UNKNOWN)) return {};
  if (fact.type === "list") return {value: answer};
  if (fact.type === "bool") return {value: answer[0] === "true"};
  return {value: fact.type === "whole" ? Number(answer[0]) : answer[0]};
}

/** @param {Page} page @param {string} name @param {Raw} raw */
function readItems(page, name, raw) {
  const options = Object.entries(page.bundle.facts[name].options);
  const amounts = options.map(([category, names]) => {
    const typed = raw[itemName(name, category)];
    return {category, ...readTyped(page, MONEY, page.say(names), typeof typed === "string" ? typed : "")};
  });
  const wrong = amounts.find(({error}) => error);
  if (wrong) return {error: wrong.error};
  const items = amounts.filter(({value}) => value !== undefined).map(({category, value}) => ({category, amount: value}));
  return items.length ? {value: items} : {};
}

/**
 * Read the answers to the questions `asks`: {facts, errors: [{name, text}]}.
 *
 * @param {Page} page
 * @param {readonly Ask[]} asks
 * @param {Raw} raw
 */
export function readAnswers(page, asks, raw) {
  /** @type {Record<string, FactValue>} */ const facts = {};
  /** @type {FieldError[]} */ const errors = [];
  for (const {fact} of asks) {
    const {value, error} = readAnswer(page, fact, raw);
    if (error) errors.push({name: fact, text: error});
    else if (value !== undefined) facts[fact] = value;
  }
  return {facts, errors};
}

/**
 * Read the day: {date, errors}; `defaultDay` if it was not asked.
 *
 * @param {Page} page
 * @param {Raw} raw
 * @param {string} defaultDay
 * @returns {{date?: string, errors: FieldError[]}}
 */
export function readDay(page, raw, defaultDay) {
  const {value, error} = raw[DAY] === undefined ? {value: defaultDay, error: ""} : readAnswer(page, DAY, raw);
  if (error) return {errors: [{name: DAY, text: error}]};
  if (!value) return {errors: [{name: DAY, text: errorSentence(page, definitionOf(page, DAY), page.text.date_name, "")}]};
  return {date: value, errors: []};
}

/** An answer in words, "" if there is none. @param {Page} page @param {string} name @param {Raw} raw */
export function answerInWords(page, name, raw) {
  const {bundle} = page;
  const {value} = readAnswer(page, name, raw);
  if (value === undefined) return "";
  return name === DAY ? value : valueInWords(page, name, value);
}

/**
 * A fact's value, as in a request, in words.
 *
 * @param {Page} page
 * @param {string} name of the fact
 * @param {any} value any: of the type that the fact has
 */
export function valueInWords(page, name, value) {
  const {say, text} = page;
  const fact = page.bundle.facts[name];
  const option = (/** @type {string} */ id) => say(fact.options[id]);
  const money = (/** @type {string | number} */ amount) => fill(text.result.money, {amount: showMoney(String(amount))});
  if (fact.type === "bool") return value ? text.yes : text.no;
  if (fact.type === "money") return money(value);
  if (fact.type === "items") return value.map((/** @type {{category: string, amount: string}} */ {category, amount}) => option(category) + text.colon + money(amount)).join(text.comma);
  if (fact.type === "list") return value.map(option).join(text.comma);
  if (fact.type === "whole") {
    const known = definitionOf(page, name);
    return valueSaid(page, known, readText(page, known, String(value)));
  }
  return fact.type === "choice" ? option(value) : String(value);
}

/** Whether anything was answered; the day does not count, as it has a default. @param {Raw} raw */
export function isAnswered(raw) {
  return Object.entries(raw).some(([name, value]) => name !== DAY && [value].flat().some(Boolean));
}

/** The raw answers in the inputs inside an element. @param {HTMLElement} element */
export function rawIn(element) {
  /** @type {Raw} */ const raw = {};
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll("input[name]"))) {
    if (!["radio", "checkbox"].includes(input.type)) raw[input.name] = input.value;
    else if (input.checked) raw[input.name] = [...(raw[input.name] || []), input.value];
  }
  return raw;
}

/** Fill raw answers into the inputs inside an element. @param {HTMLElement} element @param {Raw} raw */
export function restoreIn(element, raw) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll("input[name]"))) {
    const answer = raw[input.name];
    if (answer === undefined) continue;
    if (["radio", "checkbox"].includes(input.type)) input.checked = answer.includes(input.value);
    else input.value = String(answer);
    input.dispatchEvent(new Event("restore"));
  }
}
