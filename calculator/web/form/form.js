// @ts-check
// The questions of a place as a form in groups. Which questions there are, and which belong to a bill, is in the rules.

import {DAY, rawIn, readAnswers, readDay, restoreIn} from "./answers.js";
import {el} from "../shared/dom.js";
import {makeQuestion, markWrong} from "./questions.js";

/** @import {Ask, Field, Page, Raw} from "../../../types/estimator" */

export class Form {
  /**
   * @param {Page} page
   * @param {{asks?: readonly Ask[], day?: boolean, personFirst?: boolean}} [options] the questions (default all), whether the
   *   day is asked, and whether the person comes first and the bill is folded
   */
  constructor(page, {asks = page.form.asks, day = true, personFirst = false} = {}) {
    this.page = page;
    this.asks = asks;
    this.personFirst = personFirst;
    this.day = day;
    /** @type {Map<string, Field>} */ this.fields = new Map(); // by fact
    this.element = el("div", {class: "mbe-asked"});
  }

  /** Build the questions; returns the element to insert into the form. */
  build() {
    const {text, bundle} = this.page;
    const pick = (/** @type {string[]} */ ...groups) => this.asks.filter((ask) => ask.bill && !ask.finer && groups.includes(bundle.facts[ask.fact].group));
    const rest = this.asks.filter(({bill}) => !bill);
    const finer = this.asks.filter((ask) => ask.finer);
    const day = this.day ? [{fact: DAY}] : [];
    const personal = pick("person", "household", "year");
    const person = this.group(this.groupName("person"), personal);
    const bill = [this.group(this.groupName("visit"), pick("visit")), this.group(this.groupName("money"), pick("money"), finer)];
    /** @type {Array<HTMLElement | null>} */ const sections = [];
    if (this.personFirst) {
      // with smaller headings, below those of the household
      sections.push(...this.subgroup(text.group_when, day), ...this.byGroup([...personal, ...rest]), this.folded(text.household.bill[this.page.form.event], /** @type {HTMLElement[]} */ (bill.filter(Boolean))));
    } else {
      sections.push(this.group(text.group_when, day));
      if (rest.length < this.asks.length) sections.push(...bill, person, this.folded(text.more_help, this.byGroup(rest)));
      else sections.push(...this.byGroup(rest));
    }
    this.element.append(.../** @type {HTMLElement[]} */ (sections.filter(Boolean)));
    return this.element;
  }

  /** @param {string} group */
  groupName(group) {
    return this.page.say(this.page.bundle.terms.groups[group]);
  }

  /** @param {string} title @param {readonly Ask[]} asks @param {readonly Ask[]} [finer] */
  group(title, asks, finer = []) {
    if (!asks.length && !finer.length) return null;
    return el("section", {class: "mbe-group"}, el("h2", {}, title), asks.map((ask) => this.question(ask)),
      this.folded(this.page.text.more_money, finer.map((ask) => this.question(ask))));
  }

  /** @param {string} title @param {readonly (HTMLElement | readonly HTMLElement[])[]} questions */
  folded(title, questions) {
    if (!questions.length) return null;
    return el("details", {class: "mbe-more"}, el("summary", {}, title), questions);
  }

  /** @param {readonly Ask[]} asks */
  byGroup(asks) {
    const groupOf = (/** @type {Ask} */ {fact}) => this.page.bundle.facts[fact].group;
    const groups = [...new Set(asks.map(groupOf))];
    return groups.flatMap((group) => this.subgroup(this.groupName(group), asks.filter((ask) => groupOf(ask) === group)));
  }

  /** @param {string} title @param {readonly Ask[]} asks @returns {HTMLElement[]} */
  subgroup(title, asks) {
    return asks.length ? [el("h3", {}, title), ...asks.map((ask) => this.question(ask))] : [];
  }

  /** @param {Ask} ask */
  question(ask) {
    const field = makeQuestion(this.page, ask);
    this.fields.set(ask.fact, field);
    return field.element;
  }

  // the answers

  /** Read every answer: {date, facts} and the `errors` [{name, text, focus}]. */
  read() {
    const raw = this.raw();
    const {facts, errors} = readAnswers(this.page, this.asks, raw);
    const day = this.day ? readDay(this.page, raw, "") : {errors: []};
    const all = [...day.errors, ...errors];
    for (const [name, field] of this.fields) {
      const wrong = all.find((error) => error.name === name);
      markWrong(field, wrong && wrong.text);
    }
    return {date: day.date, facts, errors: all.map((error) => ({...error, focus: this.fieldOf(error.name).focus}))};
  }

  /** The field of a fact that is asked. @param {string} name */
  fieldOf(name) {
    return /** @type {Field} */ (this.fields.get(name));
  }

  /** @param {string} name @param {string} error */
  mark(name, error) {
    markWrong(this.fieldOf(name), error);
  }

  /** Mark the unanswered questions that would narrow the result. @param {string[]} needs */
  markWanted(needs) {
    for (const [fact, {element}] of this.fields) {
      const old = element.querySelector(":scope > .mbe-wanted");
      if (old) old.remove();
      if (needs.includes(fact)) element.prepend(el("p", {class: "mbe-wanted"}, this.page.text.wanted));
    }
  }

  /** The raw answers, for `restore`. */
  raw() {
    return rawIn(this.element);
  }

  /** @param {Raw} raw */
  restore(raw) {
    restoreIn(this.element, raw);
  }
}
