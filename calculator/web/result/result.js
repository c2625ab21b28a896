// @ts-check
// A result, shown: the answer first, then who pays what and why, then what else there is. Every sentence
// comes from the calculator, the bundle or the catalogue; nothing is worked out here but the widths of a bar.

import {el} from "../shared/dom.js";
import {answer, needs} from "./answer.js";
import {bars} from "./bars.js";
import {money, others} from "./benefits.js";
import {compare} from "./compare-hospitals.js";
import {dates} from "./compare-dates.js";
import {missing} from "./missing-numbers.js";
import {next} from "./next-steps.js";
import {assumptions, doubts, stamp} from "./notes.js";
import {payers} from "./payers.js";
import {share} from "./share.js";
import {sheet} from "./print-sheet.js";
import {slip} from "./slip.js";
import {stays} from "./stays.js";
import {Words} from "./words.js";

let members = 0; // so many members of households were shown: each has ids of its own

export class Result {
  /**
   * @param {any} page {bundle, config, lang, text, say}
   * @param {any} result the contract's result, or one member of a household's
   * @param {any} actions ask(fact) goes to a question, again(inputs) estimates with policy numbers, `inputs` are those
   *   that were used; all others may be missing: `request` is what this result answers, estimate(changes) answers it
   *   with changes, `kept` is an object for what is typed in here, and keep() keeps it
   */
  constructor(page, result, actions) {
    this.page = page;
    this.text = page.text.result;
    this.result = result;
    this.actions = {inputs: {}, kept: {}, keep: () => {}, ask: () => {}, ...actions};
    this.place = page.bundle.places[result.place];
    this.words = new Words(page, this.place);
    this.level = 2;
    this.prefix = "mbe-";
  }

  /** An id that no other result on the page has. */
  id(name) {
    return this.prefix + name;
  }

  /**
   * The elements that show the result.
   *
   * @param {{level?: number}} [how] `level` of the answer's heading: below 2 it is one of several results on the page
   */
  build({level = 2} = {}) {
    this.level = level;
    if (level > 2) this.prefix = `mbe-m${(members += 1)}-`;
    if (level > 2) return [el("div", {class: "mbe-of-member"}, this.parts())];
    return [el("div", {class: "mbe-on-screen"}, this.parts()), sheet(this)];
  }

  parts() {
    return [
      answer(this),
      needs(this),
      bars(this),
      payers(this),
      missing(this),
      next(this),
      compare(this),
      money(this),
      stays(this),
      slip(this),
      dates(this),
      others(this),
      doubts(this),
      assumptions(this),
      share(this),
      stamp(this),
    ];
  }
}
