// @ts-check
// Assumptions, doubts, and the stamp with the rules' revision.

import {el, fill} from "../shared/dom.js";
import {foldedList} from "./sections.js";

/** @import {Entry, View} from "../../../types/estimator" */

/** The readings and assumptions that were used, without the readings' ids. @param {View} view */
export function assumptions(view) {
  return foldedList(view, view.text.assumptions, view.result.assumptions, (sentence) => [sentence.replace(/^R\d+ /, "")]);
}

/** What was given and changes nothing, and why. @param {View} view */
export function notUsed(view) {
  return foldedList(view, view.text.not_used, view.result.not_used, ({because}) => [because]);
}

/** The policies of this result whose text is doubtful. @param {View} view */
export function doubts(view) {
  const {text, words, result} = view;
  const doubtsOf = (/** @type {Entry} */ item) => {
    const version = words.version(item);
    return version && version.doubts;
  };
  const byPolicy = new Map([...result.lines, ...result.cash, ...result.subsidies].map((item) => [item.policy, item]));
  const doubtful = [...byPolicy.values()].filter((item) => doubtsOf(item));
  return foldedList(view, text.doubts, doubtful, (item) => [words.linked(item, "#doubts"), el("p", {}, fill(text.doubts_of, {n: String(doubtsOf(item))}))]);
}

/** Place, day, revision of the policies and version of the calculator in one sentence. @param {View} view */
export function stampText({text, page, place, result: {date, revision, engine}}) {
  return fill(text.stamp, {place: page.say(place.name), date: page.day(date), revision, engine});
}

/** @param {View} view */
export function stamp(view) {
  return el("p", {class: "mbe-stamp"}, stampText(view));
}
