// @ts-check
// Answers as they were chosen and typed ("raw": a list of values, or a text, by name), and what they say.
// What a fact means, and which number counts how, is the calculator's business; here it is only read.

import {fill} from "../shared/dom.js";
import {readTyped, wrongly} from "./typed-field.js";
import {showMoney} from "../shared/numbers.js";

export const DAY = "date"; // the name under which the day of the bill is asked
export const UNKNOWN = ""; // the value that stands for "I do not know": the fact is left out
export const NONE = "other"; // the member of a list that stands for "none of these"

/** The name of a part of a fact: one line of a bill. */
export function part(name, category) {
  return name + "." + category;
}

/** Read the answer to one question: {value}, {error}, or {} where nothing is known. @returns {{value?: any, error?: string}} */
export function readAnswer(page, name, raw) {
  const {bundle, say} = page;
  if (name === DAY) return readTyped(page.text, "day", page.text.date_name, raw[DAY] || "");
  const fact = bundle.facts[name];
  if (fact.type === "items") return readItems(page, name, raw);
  const given = raw[name];
  if (typeof given === "string") return readTyped(page.text, fact.type, say(fact.name), given);
  if (!given || !given.length || given.includes(UNKNOWN)) return {};
  if (fact.type === "list") return {value: given};
  if (fact.type === "bool") return {value: given[0] === "true"};
  return {value: fact.type === "whole" ? Number(given[0]) : given[0]};
}

function readItems(page, name, raw) {
  const options = Object.entries(page.bundle.facts[name].options);
  const read = options.map(([category, names]) => {
    const typed = raw[part(name, category)];
    return {category, ...readTyped(page.text, "money", page.say(names), typeof typed === "string" ? typed : "")};
  });
  const wrong = read.find(({error}) => error);
  if (wrong) return {error: wrong.error};
  const items = read.filter(({value}) => value !== undefined).map(({category, value}) => ({category, amount: value}));
  return items.length ? {value: items} : {};
}

/** Read all answers: {date, facts, errors: [{name, text}]}. `asks` are the questions that count here. */
export function readAnswers(page, asks, raw) {
  const facts = {};
  const errors = [];
  for (const {fact} of asks) {
    const {value, error} = readAnswer(page, fact, raw);
    if (error) errors.push({name: fact, text: error});
    else if (value !== undefined) facts[fact] = value;
  }
  return {facts, errors};
}

/** Read the day: `fallback` where none was typed. */
export function readDay(page, raw, fallback) {
  const {value, error} = raw[DAY] === undefined ? {value: fallback} : readAnswer(page, DAY, raw);
  if (error) return {errors: [{name: DAY, text: error}]};
  if (!value) return {errors: [{name: DAY, text: wrongly(page.text, "day", page.text.date_name, "")}]};
  return {date: value, errors: []};
}

/** An answer in words, "" where there is none. */
export function inWords(page, name, raw) {
  const {bundle} = page;
  const {value} = readAnswer(page, name, raw);
  if (value === undefined) return "";
  return name === DAY ? value : inWordsOf(page, bundle.facts[name], value);
}

/** A value of a fact, as a request has it, in words. */
export function inWordsOf({say, text}, fact, value) {
  const option = (id) => say(fact.options[id]);
  const money = (amount) => fill(text.result.money, {amount: showMoney(String(amount))});
  if (fact.type === "bool") return value ? text.yes : text.no;
  if (fact.type === "money") return money(value);
  if (fact.type === "items") return value.map(({category, amount}) => option(category) + text.colon + money(amount)).join(text.comma);
  if (fact.type === "list") return value.map(option).join(text.comma);
  return fact.type === "choice" ? option(value) : String(value);
}

/** Whether anything was answered; the day does not count, as it is filled in beforehand. */
export function isAnswered(raw) {
  return Object.entries(raw).some(([name, value]) => name !== DAY && [].concat(value).some(Boolean));
}

/** What is chosen and typed inside an element, as raw answers. */
export function rawIn(element) {
  const raw = {};
  for (const input of element.querySelectorAll("input[name]")) {
    if (!["radio", "checkbox"].includes(input.type)) raw[input.name] = input.value;
    else if (input.checked) raw[input.name] = [...(raw[input.name] || []), input.value];
  }
  return raw;
}

/** Put raw answers into the fields inside an element. */
export function restoreIn(element, raw) {
  for (const input of element.querySelectorAll("input[name]")) {
    const was = raw[input.name];
    if (was === undefined) continue;
    if (["radio", "checkbox"].includes(input.type)) input.checked = was.includes(input.value);
    else input.value = String(was);
    input.dispatchEvent(new Event("restore"));
  }
}
