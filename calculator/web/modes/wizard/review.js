// @ts-check
// Every answer so far, each with a button that leads back to its question.

import {DAY, inWords} from "../../form/answers.js";
import {el, fill} from "../../shared/dom.js";

/**
 * @param {any} page {bundle, form, text, say}
 * @param {any} answers raw, by name
 * @param {string[]} seen the facts that were asked besides those of the bill
 * @param {any[]} faults what the calculator refuses; they stand beside their questions
 * @param {(fact: string) => void} change
 */
export function review(page, answers, seen, faults, change) {
  const {text, form, bundle, say} = page;
  const day = form.asks.some(({bill}) => bill) ? [{fact: DAY}] : [];
  const row = ({fact}) => {
    const words = inWords(page, fact, answers) || (fact === DAY ? form.day : text.villager.not_given);
    const fault = faults.find(({name}) => name === fact);
    const label = fact === DAY ? text.date_name : say(bundle.facts[fact].name);
    return el("li", {},
      el("span", {class: "mbe-reply"}, el("b", {}, label), el("span", {}, words), fault ? el("span", {class: "mbe-wrong"}, fault.text) : null),
      el("button", {type: "button", class: "mbe-second mbe-change", "aria-label": fill(text.villager.change_this, {name: label}), onclick: () => change(fact)},
        text.villager.change));
  };
  const rows = [...day, ...form.asks.filter(({bill, fact}) => bill || seen.includes(fact))].map(row);
  return el("details", {class: "mbe-more mbe-review", open: faults.length > 0}, el("summary", {}, text.villager.review), el("ul", {}, rows));
}
