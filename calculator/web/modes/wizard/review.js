// @ts-check
// The answers so far, each with a button to change it.

import {DAY, answerInWords} from "../../form/answers.js";
import {el, fill} from "../../shared/dom.js";

/** @import {EstimateFault, Page, Raw} from "../../../../types/estimator" */

/**
 * @param {Page} page
 * @param {Raw} answers
 * @param {string[]} asked the facts that were asked; those of the bill are always listed
 * @param {EstimateFault[]} faults of the request, shown beside their answers
 * @param {(fact: string) => void} change goes to the question about a fact
 */
export function review(page, answers, asked, faults, change) {
  const {text, form, bundle, say} = page;
  const day = form.asks.some(({bill}) => bill) ? [{fact: DAY}] : [];
  const row = (/** @type {{fact: string}} */ {fact}) => {
    const answer = answerInWords(page, fact, answers) || (fact === DAY ? form.day : text.villager.not_given);
    const fault = faults.find(({name}) => name === fact);
    const label = fact === DAY ? text.date_name : say(bundle.facts[fact].name);
    return el("li", {},
      el("span", {class: "mbe-reply"}, el("b", {}, label), el("span", {}, answer), fault ? el("span", {class: "mbe-wrong"}, fault.text) : null),
      el("button", {type: "button", class: "mbe-second mbe-change", "aria-label": fill(text.villager.change_this, {name: label}), onclick: () => change(fact)},
        text.villager.change));
  };
  const rows = [...day, ...form.asks.filter(({bill, fact}) => bill || asked.includes(fact))].map(row);
  return el("details", {class: "mbe-more mbe-review", open: faults.length > 0}, el("summary", {}, text.villager.review), el("ul", {}, rows));
}
