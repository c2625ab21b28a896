// @ts-check
// View of a result: the answer, then who pays how much and why, then other benefits. Every sentence comes from the
// calculator, the bundle or the catalogue; only the widths of bars are computed here.

import {el} from "../shared/dom.js";
import {answer, needs} from "./answer.js";
import {bars} from "./bars.js";
import {hasBill, money, others, withoutBill} from "./benefits.js";
import {compareHospitals} from "./compare-hospitals.js";
import {compareDates} from "./compare-dates.js";
import {fittingOf, forOthers} from "./fitting.js";
import {missingNumbers} from "./missing-numbers.js";
import {nextSteps} from "./next-steps.js";
import {assumptions, doubts, notUsed, stamp} from "./notes.js";
import {payers} from "./payers.js";
import {share} from "./share.js";
import {printSheet} from "./print-sheet.js";
import {slip} from "./slip.js";
import {stays} from "./stays.js";
import {Words} from "./words.js";

/** @import {Actions, Page, PersonResult} from "../../../types/estimator" */

let memberViews = 0; // for the ids of members' results

export class Result {
  /**
   * @param {Page} page
   * @param {PersonResult} result or one member of a household's
   * @param {Partial<Actions>} actions
   */
  constructor(page, result, actions) {
    this.page = page;
    this.text = page.text.result;
    this.result = fittingOf(result);
    this.forOthers = forOthers(result);
    /** @type {Actions} */
    this.actions = {inputs: {}, forms: {}, save: () => {}, ask: () => {}, ...actions};
    this.place = page.bundle.places[result.place];
    this.words = new Words(page, this.place);
    this.level = 2;
    this.prefix = "mbe-";
  }

  /** An id that is unique among all results on the page. @param {string} name */
  id(name) {
    return this.prefix + name;
  }

  /**
   * The elements that show the result.
   *
   * @param {{level?: number}} [options] `level` of the answer's heading: above 2 for one of several results on the page
   */
  build({level = 2} = {}) {
    this.level = level;
    if (level > 2) this.prefix = `mbe-m${(memberViews += 1)}-`;
    if (level > 2) return [el("div", {class: "mbe-of-member"}, this.sections())];
    return [el("div", {class: "mbe-on-screen"}, this.sections()), printSheet(this)];
  }

  sections() {
    return [
      answer(this),
      needs(this),
      bars(this),
      payers(this),
      missingNumbers(this),
      ...(hasBill(this) ? [nextSteps(this), compareHospitals(this), money(this)] : [...withoutBill(this), nextSteps(this)]),
      stays(this),
      slip(this),
      compareDates(this),
      others(this),
      doubts(this),
      assumptions(this),
      notUsed(this),
      share(this),
      stamp(this),
    ];
  }
}
