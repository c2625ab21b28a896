// @ts-check
// The running total: what the answers so far say about the bill, in one sentence.

import {fill} from "../../shared/dom.js";
import {isUninformative, partOf} from "../../result/words.js";

/** @import {EstimateResult, Page} from "../../../../types/estimator" */

const MOST_NAMED = 3; // names of open facts in the sentence

/**
 * The amount to pay so far, and on which open facts it depends; "" without a bill.
 *
 * @param {Page} page
 * @param {EstimateResult} result
 */
export function runningTotal(page, result) {
  const {text, bundle, say} = page;
  const {self_pays: pays, needs} = result;
  if (!pays) return "";
  const open = needs.filter(({affects, fact}) => affects === "bill" && bundle.facts[fact]).map(({fact}) => say(bundle.facts[fact].name));
  const amount = partOf(text.result, pays, result.total_cost);
  if (pays.low === pays.high || !open.length) return fill(text.villager.exact, {amount});
  const names = open.slice(0, MOST_NAMED).join(text.enumeration);
  if (isUninformative(pays, result.total_cost)) return fill(text.villager.unsaid, {names});
  return fill(open.length > MOST_NAMED ? text.villager.between_more : text.villager.between, {amount, names});
}
