// @ts-check
// A result as a few lines of text, for copying and for the picture and its alternative text. It holds no answers of the person.

import {fill} from "../shared/dom.js";
import {headline, remarks} from "./answer.js";
import {yearAmount} from "./benefits.js";
import {stampText} from "./notes.js";
import {payerLines} from "./payers.js";

/** @import {View} from "../../../types/estimator" */

/** The estimator's address with the place only. @param {View} view */
export function address({result}) {
  const {origin, pathname, protocol} = location;
  return protocol.startsWith("http") ? origin + pathname + "#" + result.place : "";
}

/** The lines of payers, then of cash and subsidies. @param {View} view */
export function amounts(view) {
  const {page: {text: {colon}}, words, result} = view;
  return [
    ...payerLines(view).map(({who, title, amount}) => (title && title !== who ? who + colon + title : who) + " " + amount),
    ...result.cash.map((item) => words.title(item) + " " + yearAmount(view, item)),
    ...result.subsidies.map((item) => words.title(item) + " " + words.amount(item.amount)),
  ];
}

/** The whole text as lines. @param {View} view */
export function textSummary(view) {
  const {text} = view;
  const link = address(view);
  return [headline(view), ...remarks(view), ...amounts(view), stampText(view), link && fill(text.link, {link})].filter(Boolean);
}
