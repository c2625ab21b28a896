// @ts-check
// Next steps: which office to ask, and which papers to bring for the policies that pay.

import {el, fill} from "../shared/dom.js";
import {block} from "./sections.js";

/** @import {Entry, View} from "../../../types/estimator" */

/** One entry for each policy that pays something. @param {View} view */
function payingEntries({result}) {
  const entries = [...result.lines.filter(({amount}) => amount.high !== "0.00"), ...result.cash, ...result.subsidies];
  return [...new Map(entries.map((item) => [item.policy, item])).values()];
}

/** How to apply for what an entry is about. @param {View} view @param {Entry} item */
function applying(view, item) {
  const version = view.words.version(item);
  return (version && version.apply) || {};
}

/** Papers by policy: [{item, papers}], of policies that name some. @param {View} view */
export function papersOf(view) {
  return payingEntries(view)
    .map((item) => ({item, papers: applying(view, item).papers || []}))
    .filter(({papers}) => papers.length)
    .map(({item, papers}) => ({item, papers: papers.map((paper) => view.page.say(paper))}));
}

/** Whom to ask today, and the office that the text names, without its telephone number. @param {View} view */
export function officeText({text, page, place}) {
  const office = page.say(place.office.name);
  const old = place.names_office ? fill(text.office_of_text, {office}) : fill(text.office_inferred, {office});
  return [fill(text.office, {ask: page.say(place.ask)}), old].join(page.text.mark.space);
}

/** @param {View} view */
export function nextSteps(view) {
  const {text, words, page, place} = view;
  const {phone, address} = place.office;
  const papers = papersOf(view);
  const toApplyFor = payingEntries(view).map((item) => ({item, apply: applying(view, item)})).filter(({apply}) => apply.where || (apply.steps || []).length);
  return block(view, text.next,
    el("p", {}, officeText(view)),
    phone ? el("p", {}, el("a", {class: "mbe-phone", href: "tel:" + phone.replace(/[^\d+]/g, "")}, fill(text.call, {phone}))) : el("p", {}, text.no_phone),
    address ? el("p", {}, page.say(address)) : null,
    papers.length ? [el("p", {}, text.papers), papers.map((entry) => checklist(view, entry))] : el("p", {}, text.no_papers),
    toApplyFor.length ? el("ul", {class: "mbe-list"}, toApplyFor.map(({item, apply}) => el("li", {},
      el("b", {}, words.linked(item, "#apply")),
      apply.where ? el("p", {}, page.say(apply.where)) : null,
      (apply.steps || []).length ? el("ol", {class: "mbe-steps"}, (apply.steps || []).map((step) => el("li", {}, page.say(step)))) : null))) : null);
}

/** Papers to tick off; the ticks are not saved. @param {View} view @param {{item: Entry, papers: string[]}} entry */
function checklist({words}, {item, papers}) {
  const row = (/** @type {string} */ paper) => el("li", {}, el("label", {class: "mbe-tile"}, el("input", {type: "checkbox"}), el("span", {}, paper)));
  return el("div", {}, el("p", {}, el("b", {}, words.linked(item, "#papers"))), el("ul", {class: "mbe-checklist"}, papers.map(row)));
}
