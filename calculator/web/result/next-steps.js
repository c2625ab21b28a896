// @ts-check
// What to do next: whom to ask, and which papers to bring for the policies that pay.

import {el, fill} from "../shared/dom.js";
import {block} from "./sections.js";

/** The policies that pay something here, each once. */
function paying({result}) {
  const all = [...result.lines.filter(({amount}) => amount.high !== "0.00"), ...result.cash, ...result.subsidies];
  return [...new Map(all.map((item) => [item.policy, item])).values()];
}

/** Papers by policy: [{item, papers}], only of policies whose text names some. */
export function papersOf(view) {
  return paying(view)
    .map((item) => ({item, apply: (view.words.version(item) || {}).apply}))
    .filter(({apply}) => apply && apply.papers && apply.papers.length)
    .map(({item, apply}) => ({item, papers: apply.papers.map((paper) => view.page.say(paper))}));
}

/** The office in one sentence, without its number. */
export function officeText({text, page, place}) {
  return fill(text.office, {office: page.say(place.office.name)});
}

export function next(view) {
  const {text, words, page, place} = view;
  const {phone, address} = place.office;
  const papers = papersOf(view);
  const applied = paying(view).map((item) => ({item, apply: (words.version(item) || {}).apply})).filter(({apply}) => apply && (apply.where || (apply.steps || []).length));
  return block(view, text.next,
    el("p", {}, officeText(view)),
    phone ? el("p", {}, el("a", {class: "mbe-phone", href: "tel:" + phone.replace(/[^\d+]/g, "")}, fill(text.call, {phone}))) : el("p", {}, text.no_phone),
    address ? el("p", {}, page.say(address)) : null,
    papers.length ? [el("p", {}, text.papers), papers.map((each) => checklist(view, each))] : el("p", {}, text.no_papers),
    applied.length ? el("ul", {class: "mbe-list"}, applied.map(({item, apply}) => el("li", {},
      el("b", {}, words.linked(item, "#apply")),
      apply.where ? el("p", {}, page.say(apply.where)) : null,
      (apply.steps || []).length ? el("ol", {class: "mbe-steps"}, apply.steps.map((step) => el("li", {}, page.say(step)))) : null))) : null);
}

/** Papers to tick off; the ticks are not kept. */
function checklist({words}, {item, papers}) {
  const tick = (paper) => el("li", {}, el("label", {class: "mbe-tile"}, el("input", {type: "checkbox"}), el("span", {}, paper)));
  return el("div", {}, el("p", {}, el("b", {}, words.linked(item, "#papers"))), el("ul", {class: "mbe-checklist"}, papers.map(tick)));
}
