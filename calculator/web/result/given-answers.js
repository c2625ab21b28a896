// @ts-check
// The answers that a result is based on, in words, for the printed sheet.

import {valueInWords} from "../form/answers.js";
import {fill} from "../shared/dom.js";
import {showMoney, showRate} from "../shared/numbers.js";

/** @import {View} from "../../../types/estimator" */

/**
 * @param {View} view
 * @returns {[string, string][]} the name of each question and its answer
 */
export function givenAnswers(view) {
  const {page, actions: {request}, text, result} = view;
  if (!request) return [];
  /** @type {[string, string][]} */
  const answers = [[page.text.date_name, page.day(result.date)]];
  for (const [name, value] of Object.entries(request.facts || {})) {
    const fact = page.bundle.facts[name];
    if (fact && value !== undefined && view.place.asks_facts.includes(name)) answers.push([page.say(fact.name), valueInWords(page, name, value)]);
  }
  for (const [name, value] of Object.entries(request.inputs || {})) {
    const input = Object.values(view.place.policies).flat().map(({numbers}) => numbers[name]).find(Boolean);
    if (input) answers.push([page.say(input.question), input.unit === "rate" ? showRate(String(value)) : fill(text.money, {amount: showMoney(String(value))})]);
  }
  return answers;
}
