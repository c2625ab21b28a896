// @ts-check
// The answers that a result rests on, as words: for the printed page only.

import {inWordsOf} from "../form/answers.js";
import {fill} from "../shared/dom.js";
import {showMoney, showRate} from "../shared/numbers.js";

/**
 * @param {any} view
 * @returns {[string, string][]} the name of each question and its answer
 */
export function given(view) {
  const {page, actions: {request}, text, result} = view;
  if (!request) return [];
  /** @type {[string, string][]} */
  const told = [[page.text.date_name, page.day(result.date)]];
  for (const [name, value] of Object.entries(request.facts || {})) {
    const fact = page.bundle.facts[name];
    if (fact && value !== undefined && view.place.asks_facts.includes(name)) told.push([page.say(fact.name), inWordsOf(page, fact, value)]);
  }
  for (const [name, value] of Object.entries(request.inputs || {})) {
    const missing = Object.values(view.place.policies).flat().map(({numbers}) => numbers[name]).find(Boolean);
    if (missing) told.push([page.say(missing.question), missing.unit === "rate" ? showRate(String(value)) : fill(text.money, {amount: showMoney(String(value))})]);
  }
  return told;
}
