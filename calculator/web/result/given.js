// @ts-check
// The answers that a result rests on, as words: for the printed page only.

import {fill} from "../dom.js";
import {showMoney, showRate} from "../numbers.js";

/**
 * @param {any} view
 * @returns {[string, string][]} the name of each question and its answer
 */
export function given(view) {
  const {page, actions: {request}, text, result} = view;
  if (!request) return [];
  /** @type {[string, string][]} */
  const told = [[page.text.date_name, result.date]];
  for (const [name, value] of Object.entries(request.facts || {})) {
    const fact = page.bundle.facts[name];
    if (fact && value !== undefined && view.place.asks_facts.includes(name)) told.push([page.say(fact.name), answered(view, fact, value)]);
  }
  for (const [name, value] of Object.entries(request.inputs || {})) {
    const missing = Object.values(view.place.policies).flat().map(({numbers}) => numbers[name]).find(Boolean);
    if (missing) told.push([page.say(missing.question), missing.unit === "rate" ? showRate(String(value)) : fill(text.money, {amount: showMoney(String(value))})]);
  }
  return told;
}

function answered({page, text}, fact, value) {
  const {yes, no, comma, colon} = page.text;
  if (fact.type === "bool") return value ? yes : no;
  if (fact.type === "money") return fill(text.money, {amount: showMoney(String(value))});
  if (fact.type === "choice") return page.say(fact.options[value]);
  if (fact.type === "list") return value.map((option) => page.say(fact.options[option])).join(comma);
  if (fact.type === "items") {
    return value.map(({category, amount}) => page.say(fact.options[category]) + colon + fill(text.money, {amount: showMoney(String(amount))})).join(comma);
  }
  return String(value);
}
