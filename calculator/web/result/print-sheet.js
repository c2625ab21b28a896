// @ts-check
// A result on one printed page: the result, the answers behind it, the rules and the day. Hidden on the screen.

import {el} from "../shared/dom.js";
import {headline, remarks} from "./answer.js";
import {bars, numberOf, patternOf, swatch} from "./bars.js";
import {yearAmount} from "./benefits.js";
import {heading} from "./sections.js";
import {givenAnswers} from "./given-answers.js";
import {officeText, papersOf} from "./next-steps.js";
import {stampText} from "./notes.js";
import {slipLines} from "./slip.js";

/** @import {Line, View} from "../../../types/estimator" */

const SIZES = [14, 13.5, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8]; // font sizes in points, largest first
const DENSE = 10; // below this size the lines are closer together

/** @param {View} view */
export function printSheet(view) {
  const {text, words, result, page, place} = view;
  const answers = givenAnswers(view);
  /** @param {HTMLElement | string} mark @param {string} name @param {string} amount @param {string} why */
  const row = (mark, name, amount, why) => el("tr", {}, el("td", {}, mark), el("th", {scope: "row"}, name), el("td", {}, amount), el("td", {}, why));
  const lines = result.lines.map((line) => row(swatch(numberOf(view, line), patternOf(view, line)), nameOf(view, line), words.amount(line.amount), line.explanation));
  const benefits = [
    ...result.cash.map((item) => row("", words.title(item), yearAmount(view, item), item.explanation)),
    ...result.subsidies.map((item) => row("", words.title(item), words.amount(item.amount), item.explanation)),
  ];
  const papers = papersOf(view);
  const sheet = el("div", {class: "mbe-sheet mbe-dense"},
    heading(view, 0, null, headline(view)),
    el("p", {}, remarks(view).join(page.text.mark.space)),
    bars(view),
    el("table", {class: "mbe-table"}, el("tbody", {}, lines,
      result.self_pays ? row(swatch(text.you, "self"), text.you_pay, words.amount(result.self_pays), "") : null, benefits)),
    answers.length ? [heading(view, 1, null, text.sheet_given), el("p", {}, answers.map(([name, value]) => name + page.text.colon + value).join(page.text.semicolon))] : null,
    slipLines(view).length ? [heading(view, 1, null, text.slip_line), el("p", {}, slipLines(view).map(([code, amount]) => text.slip[code] + page.text.colon + words.within(amount, result.total_cost)).join(page.text.semicolon))] : null,
    result.services.length && !result.self_pays ? [heading(view, 1, null, text.services), el("p", {}, result.services.map((item) => words.title(item)).join(page.text.semicolon))] : null,
    papers.length ? [heading(view, 1, null, text.papers), el("p", {}, papers.flatMap((entry) => entry.papers).join(page.text.semicolon))] : null,
    el("p", {}, officeText(view), place.office.phone ? " " + place.office.phone : ""),
    el("p", {}, el("b", {}, stampText(view))));
  requestAnimationFrame(() => fit(sheet));
  return sheet;
}

/**
 * Set the largest font size with which the sheet fits on one page; it is laid out invisibly to measure it.
 *
 * @param {HTMLElement} sheet
 */
function fit(sheet) {
  sheet.classList.add("mbe-fitting"); // a box of the size of the printable area
  const fits = (/** @type {number} */ size) => {
    sheet.style.setProperty("--size", size + "pt");
    sheet.classList.toggle("mbe-dense", size < DENSE);
    return sheet.scrollHeight <= sheet.clientHeight;
  };
  if (sheet.clientHeight) SIZES.some(fits); // if none fits, the smallest remains
  sheet.classList.remove("mbe-fitting");
}

/** Payer and policy, or only one of them if both have the same name. @param {View} view @param {Line} line */
function nameOf({words, page}, line) {
  const [payer, title] = [words.payer(line.payer), words.title(line)];
  return payer === title ? payer : payer + page.text.colon + title;
}
