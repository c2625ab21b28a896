// @ts-check
// The answer so far, in one calm sentence: it narrows with each question.

import {fill} from "../../shared/dom.js";
import {amountOf} from "../../result/words.js";

const NAMED = 3; // so many of the things on which it depends are named

/** What a result says already about the bill, and on which answers the rest depends; "" where it says nothing yet. */
export function soFar(page, result) {
  const {text, bundle, say} = page;
  const {self_pays: pays, needs} = result;
  if (!pays) return "";
  const open = needs.filter(({affects, fact}) => affects === "bill" && bundle.facts[fact]).map(({fact}) => say(bundle.facts[fact].name));
  const amount = amountOf(text.result, pays);
  if (pays.low === pays.high || !open.length) return fill(text.villager.exact, {amount});
  const names = open.slice(0, NAMED).join(text.enumeration);
  return fill(open.length > NAMED ? text.villager.between_more : text.villager.between, {amount, names});
}
