// @ts-check
// The questions of a place as a form in groups. Which questions there are, and which belong to a bill, is in the rules.

import {DAY, rawIn, readAnswers, readDay, restoreIn} from "./answers.js";
import {el} from "../shared/dom.js";
import {makeQuestion, markWrong} from "./questions.js";

export class Form {
  /**
   * @param {any} page {bundle, form, lang, text, say}; `form` is the place's `form`
   * @param {{asks?: any[], day?: boolean, personFirst?: boolean}} [options] the questions (default all), whether the
   *   day is asked, and whether the person comes first and the bill is folded
   */
  constructor(page, {asks = page.form.asks, day = true, personFirst = false} = {}) {
    this.page = page;
    this.asks = asks;
    this.personFirst = personFirst;
    this.day = day;
    this.fields = new Map(); // fact -> {element, focus, label}
    this.element = el("div", {class: "mbe-asked"});
  }

  /** Build the questions; returns the element to insert into the form. */
  build() {
    const {text, bundle} = this.page;
    const pick = (...groups) => this.asks.filter((ask) => ask.bill && !ask.finer && groups.includes(bundle.facts[ask.fact].group));
    const rest = this.asks.filter(({bill}) => !bill);
    const finer = this.asks.filter((ask) => ask.finer);
    const day = this.day ? [{fact: DAY}] : [];
    const personal = pick("person", "household", "year");
    const person = this.group(this.groupName("person"), personal);
    const bill = [this.group(this.groupName("visit"), pick("visit")), this.group(this.groupName("money"), pick("money"), finer)];
    const sections = [];
    if (this.personFirst) {
      // with smaller headings, below those of the household
      sections.push(...this.subgroup(text.group_when, day), ...this.byGroup([...personal, ...rest]), this.folded(text.household.bill, bill.filter(Boolean)));
    } else {
      sections.push(this.group(text.group_when, day));
      if (rest.length < this.asks.length) sections.push(...bill, person, this.folded(text.more_help, this.byGroup(rest)));
      else sections.push(...this.byGroup(rest));
    }
    this.element.append(...sections.filter(Boolean));
    return this.element;
  }

  groupName(group) {
    return this.page.say(this.page.bundle.terms.groups[group]);
  }

  group(title, asks, finer = []) {
    if (!asks.length && !finer.length) return null;
    return el("section", {class: "mbe-group"}, el("h2", {}, title), asks.map((ask) => this.question(ask)),
      this.folded(this.page.text.more_money, finer.map((ask) => this.question(ask))));
  }

  folded(title, questions) {
    if (!questions.length) return null;
    return el("details", {class: "mbe-more"}, el("summary", {}, title), questions);
  }

  byGroup(asks) {
    const groupOf = ({fact}) => this.page.bundle.facts[fact].group;
    const groups = [...new Set(asks.map(groupOf))];
    return groups.flatMap((group) => this.subgroup(this.groupName(group), asks.filter((ask) => groupOf(ask) === group)));
  }

  subgroup(title, asks) {
    return asks.length ? [el("h3", {}, title), ...asks.map((ask) => this.question(ask))] : [];
  }

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
    return {date: day.date, facts, errors: all.map((error) => ({...error, focus: this.fields.get(error.name).focus}))};
  }

  mark(name, error) {
    markWrong(this.fields.get(name), error);
  }

  /** Mark the unanswered questions that would narrow the result. */
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

  restore(raw) {
    restoreIn(this.element, raw);
  }
}
