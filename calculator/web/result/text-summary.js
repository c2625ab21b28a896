// @ts-check
// A result as a few lines of text: what is copied, spoken for the picture, and drawn. No answer of the person is in it.

import {fill} from "../shared/dom.js";
import {headline, remarks} from "./answer.js";
import {inYear} from "./benefits.js";
import {stampText} from "./notes.js";
import {told} from "./payers.js";

/** Where anybody can work this out: the estimator's address with the place, and nothing else. */
export function address({result}) {
  const {origin, pathname, protocol} = location;
  return protocol.startsWith("http") ? origin + pathname + "#" + result.place : "";
}

/** The lines of payers, then of money without a bill. */
export function amounts(view) {
  const {page: {text: {colon}}, words, result} = view;
  return [
    ...told(view).map(({who, title, amount}) => (title && title !== who ? who + colon + title : who) + " " + amount),
    ...result.cash.map((item) => words.title(item) + " " + inYear(view, item)),
    ...result.subsidies.map((item) => words.title(item) + " " + words.amount(item.amount)),
  ];
}

/** The whole text, a line each. */
export function summary(view) {
  const {text} = view;
  const link = address(view);
  return [headline(view), ...remarks(view), ...amounts(view), stampText(view), link && fill(text.link, {link})].filter(Boolean);
}
