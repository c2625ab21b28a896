// @ts-check
// The whole form of a place on one page, in groups; what is asked, and what belongs to a bill, stands in the JSON.

import {DAY, rawIn, readAnswers, readDay, restoreIn} from "./answers.js";
import {el} from "../shared/dom.js";
import {makeQuestion, markWrong} from "./questions.js";

export class Form {
  /**
   * @param {any} page {bundle, form, lang, text, say}; `form` is the place's `form`
   * @param {{asks?: any[], day?: boolean, personFirst?: boolean}} [which] the questions to show (all of them), whether
   *   the day is asked, and whether the person comes first and a bill is folded away
   */
  constructor(page, {asks = page.form.asks, day = true, personFirst = false} = {}) {
    this.page = page;
    this.asks = asks;
    this.personFirst = personFirst;
    this.day = day;
    this.fields = new Map(); // fact -> {element, focus, label}
    this.element = el("div", {class: "mbe-asked"});
  }

  /** Build the questions; gives the element to put into the form. */
  build() {
    const {text, bundle} = this.page;
    const pick = (...groups) => this.asks.filter((ask) => ask.bill && !ask.finer && groups.includes(bundle.facts[ask.fact].group));
    const rest = this.asks.filter(({bill}) => !bill);
    const finer = this.asks.filter((ask) => ask.finer);
    const day = this.day ? [{fact: DAY}] : [];
    const about = pick("person", "household", "year");
    const person = this.group(this.groupName("person"), about);
    const event = [this.group(this.groupName("visit"), pick("visit")), this.group(this.groupName("money"), pick("money"), finer)];
    const parts = [];
    if (this.personFirst) {
      // under the household's own headings
      parts.push(...this.under(text.group_when, day), ...this.byGroup([...about, ...rest]), this.more(text.household.bill, event.filter(Boolean)));
    } else {
      parts.push(this.group(text.group_when, day));
      if (rest.length < this.asks.length) parts.push(...event, person, this.more(text.more_help, this.byGroup(rest)));
      else parts.push(...this.byGroup(rest));
    }
    this.element.append(...parts.filter(Boolean));
    return this.element;
  }

  groupName(group) {
    return this.page.say(this.page.bundle.terms.groups[group]);
  }

  group(title, asks, finer = []) {
    if (!asks.length && !finer.length) return null;
    return el("section", {class: "mbe-group"}, el("h2", {}, title), asks.map((ask) => this.question(ask)),
      this.more(this.page.text.more_money, finer.map((ask) => this.question(ask))));
  }

  more(title, questions) {
    if (!questions.length) return null;
    return el("details", {class: "mbe-more"}, el("summary", {}, title), questions);
  }

  byGroup(asks) {
    const groupOf = ({fact}) => this.page.bundle.facts[fact].group;
    const groups = [...new Set(asks.map(groupOf))];
    return groups.flatMap((group) => this.under(this.groupName(group), asks.filter((ask) => groupOf(ask) === group)));
  }

  under(title, asks) {
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

  /** Mark the questions without an answer that would make the result narrower. */
  markWanted(needs) {
    for (const [fact, {element}] of this.fields) {
      const old = element.querySelector(":scope > .mbe-wanted");
      if (old) old.remove();
      if (needs.includes(fact)) element.prepend(el("p", {class: "mbe-wanted"}, this.page.text.wanted));
    }
  }

  /** What was typed and chosen, as plain data for `restore`. */
  raw() {
    return rawIn(this.element);
  }

  restore(kept) {
    restoreIn(this.element, kept);
  }
}
