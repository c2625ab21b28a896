// @ts-check
// How it was worked out, what is doubtful about it, and from which rules it comes.

import {el, fill} from "../shared/dom.js";
import {folded} from "./sections.js";

/** The readings and assumptions that were used, without the ids of the readings. */
export function assumptions(view) {
  return folded(view, view.text.assumptions, view.result.assumptions, (sentence) => [sentence.replace(/^R\d+ /, "")]);
}

/** The policies of this result of whose text something is doubtful. */
export function doubts(view) {
  const {text, words, result} = view;
  const seen = new Map([...result.lines, ...result.cash, ...result.subsidies].map((item) => [item.policy, item]));
  const doubtful = [...seen.values()].filter((item) => (words.version(item) || {}).doubts);
  return folded(view, text.doubts, doubtful, (item) => [words.linked(item, "#doubts"), el("p", {}, fill(text.doubts_of, {n: String(words.version(item).doubts)}))]);
}

/** Place, day, policies and calculator in one sentence. */
export function stampText({text, page, place, result: {date, revision, engine}}) {
  return fill(text.stamp, {place: page.say(place.name), date: page.day(date), revision, engine});
}

export function stamp(view) {
  return el("p", {class: "mbe-stamp"}, stampText(view));
}
