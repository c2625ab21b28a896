// @ts-check
// A result on one page of paper: what it is, what it rests on, which rules, which day. On the screen it is hidden.

import {el} from "../shared/dom.js";
import {headline, remarks} from "./answer.js";
import {bars, look, number, swatch} from "./bars.js";
import {inYear} from "./benefits.js";
import {heading} from "./sections.js";
import {given} from "./given-answers.js";
import {officeText, papersOf} from "./next-steps.js";
import {stampText} from "./notes.js";
import {slipLines} from "./slip.js";

const SIZES = [14, 13.5, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8]; // points: the largest letters with which all stands on the page
const DENSE = 10; // smaller ones stand closer together

export function sheet(view) {
  const {text, words, result, page, place} = view;
  const answers = given(view);
  const row = (mark, name, amount, why) => el("tr", {}, el("td", {}, mark), el("th", {scope: "row"}, name), el("td", {}, amount), el("td", {}, why));
  const lines = result.lines.map((line) => row(swatch(number(view, line), look(view, line)), nameOf(view, line), words.amount(line.amount), line.explanation));
  const also = [
    ...result.cash.map((item) => row("", words.title(item), inYear(view, item), item.explanation)),
    ...result.subsidies.map((item) => row("", words.title(item), words.amount(item.amount), item.explanation)),
  ];
  const papers = papersOf(view);
  const paper = el("div", {class: "mbe-sheet mbe-dense"},
    heading(view, 0, null, headline(view)),
    el("p", {}, remarks(view).join(page.text.mark.space)),
    bars(view),
    el("table", {class: "mbe-table"}, el("tbody", {}, lines,
      result.self_pays ? row(swatch(text.you, "self"), text.you_pay, words.amount(result.self_pays), "") : null, also)),
    answers.length ? [heading(view, 1, null, text.sheet_given), el("p", {}, answers.map(([name, value]) => name + page.text.colon + value).join(page.text.semicolon))] : null,
    result.slip ? [heading(view, 1, null, text.slip_line), el("p", {}, slipLines(view).map(([code, amount]) => text.slip[code] + page.text.colon + words.within(amount, result.total_cost)).join(page.text.semicolon))] : null,
    result.services.length && !result.self_pays ? [heading(view, 1, null, text.services), el("p", {}, result.services.map((item) => words.title(item)).join(page.text.semicolon))] : null,
    papers.length ? [heading(view, 1, null, text.papers), el("p", {}, papers.flatMap((each) => each.papers).join(page.text.semicolon))] : null,
    el("p", {}, officeText(view), place.office.phone ? " " + place.office.phone : ""),
    el("p", {}, el("b", {}, stampText(view))));
  requestAnimationFrame(() => fit(paper));
  return paper;
}

/** Give it the largest letters with which it fits on the page: it is laid out as on paper, unseen. */
function fit(paper) {
  paper.classList.add("mbe-fitting"); // a box as wide as the paper's text, and as high as it may be
  const fits = (size) => {
    paper.style.setProperty("--size", size + "pt");
    paper.classList.toggle("mbe-dense", size < DENSE);
    return paper.scrollHeight <= paper.clientHeight;
  };
  if (paper.clientHeight) SIZES.some(fits); // the last ones stay if it is longer still
  paper.classList.remove("mbe-fitting");
}

/** Payer and policy, once where both have the same name. */
function nameOf({words, page}, line) {
  const [payer, title] = [words.payer(line.payer), words.title(line)];
  return payer === title ? payer : payer + page.text.colon + title;
}
