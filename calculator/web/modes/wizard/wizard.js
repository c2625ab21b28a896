// @ts-check
// The villager's way: one question a screen, and only what can still change the result.
//
// The browser's history holds the place in the trail of screens, never an answer and never an address.

import {DAY, rawIn, readAnswer, readAnswers, readDay, restoreIn} from "../../form/answers.js";
import {button, el, goTo, replace} from "../../shared/dom.js";
import {choicesOf, makeQuestion, markWrong, widthOf, wordsOf} from "../../form/questions.js";
import {review} from "./review.js";
import {soFar} from "./running-total.js";
import {ALL, BILL, Trail, factOf, isResult} from "./steps.js";

export class Villager {
  /**
   * @param {any} app what the page gives: {page, engine, root, answers, inputs, keep(), estimate(request),
   *   quietly(request), showResult(result, actions), hideResult(), reset()}
   * @param {HTMLElement} root where the screens go
   */
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.trail = null;
    this.bottom = 0; // how far back the browser's history goes
    this.result = null; // of the answers as they are, once the calculator has it
    this.asking = 0;
    addEventListener("popstate", ({state}) => this.root.hidden || !this.trail || !state || state.mbe === undefined || this.show(state.mbe));
  }

  get page() {
    return this.app.page;
  }

  get state() {
    return this.trail ? this.trail.state : undefined;
  }

  /** Begin, or go on where one was. */
  open(kept = this.state) {
    this.result = null;
    this.trail = new Trail(this.page, kept);
    if (!this.trail.screens.length) this.trail.add(this.next());
    const {mbe} = history.state || {};
    if (Number.isInteger(mbe) && mbe < this.trail.screens.length) this.trail.at = mbe;
    else this.bottom = this.trail.at;
    history.replaceState({...history.state, mbe: this.trail.at}, "");
    this.show(this.trail.at, false);
    this.refresh();
  }

  /** Forget where one was: the next person begins anew. */
  forget() {
    this.trail = null;
    this.result = null;
  }

  next() {
    return this.trail.next(this.app.answers, this.result);
  }

  async forward() {
    this.trail.asked.add(factOf(this.trail.now));
    this.app.keep();
    this.app.warmUp();
    const asked = this.refresh();
    if (this.app.engine.isReady) await asked;
    this.go(this.next());
  }

  go(name) {
    this.trail.add(name);
    history.pushState({mbe: this.trail.at}, "");
    this.show(this.trail.at);
  }

  back() {
    const {at} = this.trail;
    if (at > this.bottom) return history.back();
    history.replaceState({...history.state, mbe: at - 1}, "");
    this.bottom = at - 1;
    return this.show(at - 1);
  }

  // the screens

  show(at, focus = true) {
    if (at < 0 || at >= this.trail.screens.length) return;
    this.trail.at = at;
    const name = this.trail.now;
    this.app.hideResult();
    this.app.keep();
    if (isResult(name)) this.showAnswer(name);
    else this.showQuestion(this.trail.ask(factOf(name)));
    this.app.firstScreen(at === 0);
    if (focus && !isResult(name)) this.focusHeading();
  }

  focusHeading() {
    const heading = this.root.querySelector(".mbe-asks");
    heading.focus({preventScroll: true});
    this.root.scrollIntoView({block: "start"});
  }

  showQuestion(ask) {
    const choices = choicesOf(this.page, ask);
    const several = choices && this.page.bundle.facts[ask.fact].type === "list";
    const screen = choices && !several ? this.tapped(ask, choices) : this.filledIn(ask);
    replace(this.root, screen, this.running(),
      el("div", {class: "mbe-turns"},
        this.backward(),
        this.enough(ask)));
  }

  /** One tap answers and goes on. */
  tapped(ask, choices) {
    const {label, hint} = wordsOf(this.page, ask.fact);
    const given = (this.app.answers[ask.fact] || [])[0];
    const tile = ([value, words]) => el("button", {
      type: "button", class: "mbe-choice", "data-value": value, "aria-pressed": given === value ? "true" : "false",
      onclick: () => {
        this.app.answers[ask.fact] = [value];
        this.forward();
      },
    }, el("span", {}, words));
    return el("div", {class: "mbe-question mbe-screen", "data-fact": ask.fact},
      el("h2", {class: "mbe-asks", tabindex: "-1", id: "mbe-asks"}, label), el("p", {class: "mbe-why"}, hint),
      el("div", {class: "mbe-tiles " + widthOf(choices.slice(0, -1).map(([, words]) => words)), role: "group", "aria-labelledby": "mbe-asks"},
        choices.map(tile)));
  }

  /** What has to be typed, or ticked, and then confirmed. */
  filledIn(ask) {
    const {text, bundle} = this.page;
    const fact = bundle.facts[ask.fact];
    const field = makeQuestion(this.page, ask, {heading: true});
    const take = (event) => {
      event.preventDefault();
      const raw = rawIn(field.element);
      const {error} = ask.fact === DAY ? {error: (readDay(this.page, raw, "").errors[0] || {}).text} : readAnswer(this.page, ask.fact, raw);
      markWrong(field, error);
      if (error) return goTo(field.focus);
      Object.assign(this.app.answers, raw);
      return this.forward();
    };
    const skip = () => {
      /** @type {NodeListOf<HTMLInputElement>} */
      const inputs = field.element.querySelectorAll("input[type=text]");
      for (const input of inputs) this.app.answers[input.name] = "";
      this.forward();
    };
    const form = el("form", {class: "mbe-screen", novalidate: true, onsubmit: take}, field.element,
      el("div", {class: "mbe-goes"},
        el("button", {type: "submit", class: "mbe-submit mbe-next"}, text.villager.next),
        fact && fact.type !== "list"
          ? button("mbe-second mbe-skip", fact.may_not_know ? text.not_sure : text.leave_out, skip)
          : null));
    restoreIn(field.element, this.app.answers);
    return form;
  }

  running() {
    const line = el("p", {class: "mbe-running", "aria-live": "polite"});
    this.sayRunning(line);
    return line;
  }

  sayRunning(line) {
    const words = this.result ? soFar(this.page, this.result) : "";
    if (line && line.textContent !== words) replace(line, words);
  }

  enough(ask) {
    const {text} = this.page;
    const given = this.page.form.asks.some(({fact, first}) => first && this.trail.asked.has(fact));
    if (this.trail.at === 0 || (ask.bill && !given)) return null;
    return button("mbe-second mbe-enough", text.villager.enough, () => this.go(this.trail.screens.includes(BILL) || !ask.bill ? ALL : BILL));
  }

  // the answer

  request() {
    const {page, answers, inputs} = this.app;
    const {facts} = readAnswers(page, page.form.asks, answers); // what is wrong was not let in
    return {place: page.place, date: readDay(page, answers, page.form.day).date || page.form.day, facts, inputs};
  }

  /** Work out the answers as they are without a word, if the calculator is there; the running answer follows. */
  async refresh() {
    if (!this.app.engine.isReady) return;
    this.asking += 1;
    const asking = this.asking;
    const result = await this.app.quietly(this.request());
    if (!result || asking !== this.asking || this.root.hidden) return;
    this.result = result;
    this.sayRunning(this.root.querySelector(".mbe-running"));
  }

  async showAnswer(name) {
    replace(this.root);
    this.asking += 1; // what is still being worked out is of no interest
    const {trail} = this;
    const {at} = trail;
    const request = this.request();
    const answer = await this.app.estimate(request, () => this.showAnswer(name));
    if (trail !== this.trail || at !== trail.at || this.root.hidden) return;
    if (!answer.result) return void replace(this.root, answer.faults ? this.review(answer.faults) : null, this.turns());
    this.result = answer.result;
    this.app.showResult(request, answer.result, {ask: (fact) => this.change(fact), again: () => this.showAnswer(name), beside: this.more(name)});
    replace(this.root, this.review([]), this.turns());
  }

  /** After the bill: whether other help is wanted too. */
  more(name) {
    const {text} = this.page;
    const help = name === BILL ? this.trail.fresh(this.trail.needed("help", this.result), this.app.answers) : null;
    return help
      ? el("div", {class: "mbe-ask-more"}, el("p", {}, text.villager.more_help),
        button("mbe-submit mbe-help", text.villager.more_help_yes, () => this.go(help)))
      : null;
  }

  change(fact) {
    if (this.trail.ask(fact)) this.go(this.trail.changing(fact));
  }

  turns() {
    const {text} = this.page;
    return el("div", {class: "mbe-turns"},
      this.backward(), button("mbe-second mbe-over", text.reset, () => this.app.reset()));
  }

  backward() {
    return this.trail.at > 0 ? button("mbe-second mbe-back", this.page.text.villager.back, () => this.back()) : null;
  }

  review(faults) {
    return review(this.page, this.app.answers, [...this.trail.asked], faults, (fact) => this.change(fact));
  }

  close() {
    this.asking += 1;
    replace(this.root);
  }
}

