// @ts-check
// The wizard, for villagers: one question per screen, and only questions that can still change the result.
//
// The browser's history holds the number of the step, never an answer.

import {DAY, rawIn, readAnswer, readAnswers, readDay, restoreIn} from "../../form/answers.js";
import {button, el, goTo, replace} from "../../shared/dom.js";
import {choicesOf, makeQuestion, markWrong, widthClass, wordsOf} from "../../form/questions.js";
import {review} from "./review.js";
import {runningTotal} from "./running-total.js";
import {ALL, BILL, GENTLE, WizardSteps, factOf, isResult} from "./steps.js";

/** @import {App, Ask, EstimateFault, EstimateResult} from "../../../../types/estimator" */

/** The error of the day that was typed. @param {App["page"]} page @param {App["answers"]} raw */
function dayError(page, raw) {
  const [wrong] = readDay(page, raw, "").errors;
  return {error: wrong && wrong.text};
}

export class Wizard {
  /**
   * @param {App} app
   * @param {HTMLElement} root the element for the screens
   */
  constructor(app, root) {
    this.app = app;
    this.root = root;
    /** @type {WizardSteps | null} */ this.openSteps = null;
    this.firstInHistory = 0; // the earliest step that the browser's history can go back to
    /** @type {EstimateResult | null} */ this.result = null; // of the current answers, once it is known
    this.requestNumber = 0; // of the latest estimate: older ones are ignored
    addEventListener("popstate", ({state}) => this.root.hidden || !this.openSteps || !state || state.mbe === undefined || this.show(state.mbe));
  }

  get page() {
    return this.app.page;
  }

  get state() {
    return this.openSteps ? this.openSteps.state : undefined;
  }

  /** The steps, while the wizard is open. */
  get steps() {
    return /** @type {WizardSteps} */ (this.openSteps);
  }

  /** Start, or continue at a saved state. @param {object} [state] */
  open(state = this.state) {
    this.result = null;
    this.openSteps = new WizardSteps(this.page, state);
    if (!this.steps.screens.length) this.steps.add(this.next());
    const {mbe} = history.state || {};
    if (Number.isInteger(mbe) && mbe < this.steps.screens.length) this.steps.at = mbe;
    else this.firstInHistory = this.steps.at;
    history.replaceState({...history.state, mbe: this.steps.at}, "");
    this.show(this.steps.at, false);
    this.refresh();
  }

  /** Forget the steps: the next person starts anew. */
  clear() {
    this.openSteps = null;
    this.result = null;
  }

  next() {
    return this.steps.next(this.app.answers, this.result);
  }

  async forward() {
    this.steps.asked.add(factOf(this.steps.current));
    this.app.save();
    this.app.warmUp();
    const refreshed = this.refresh();
    if (this.app.engine.isReady) await refreshed;
    this.go(this.next());
  }

  /** @param {string} name */
  go(name) {
    this.steps.add(name);
    history.pushState({mbe: this.steps.at}, "");
    this.show(this.steps.at);
  }

  back() {
    const {at} = this.steps;
    if (at > this.firstInHistory) return history.back();
    history.replaceState({...history.state, mbe: at - 1}, "");
    this.firstInHistory = at - 1;
    return this.show(at - 1);
  }

  // the screens

  /** @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    if (at < 0 || at >= this.steps.screens.length) return;
    this.steps.at = at;
    const name = this.steps.current;
    this.app.hideResult();
    this.app.save();
    if (isResult(name)) this.showResult(name);
    else this.showQuestion(/** @type {Ask} */ (this.steps.questionOf(factOf(name))));
    this.app.firstScreen(at === 0);
    if (focus && !isResult(name)) this.focusHeading();
  }

  focusHeading() {
    const heading = /** @type {HTMLElement} */ (this.root.querySelector(".mbe-asks"));
    heading.focus({preventScroll: true});
    this.root.scrollIntoView({block: "start"});
  }

  /** @param {Ask} ask */
  showQuestion(ask) {
    const choices = ask.fact === GENTLE ? null : choicesOf(this.page, ask);
    const several = choices && this.page.bundle.facts[ask.fact].type === "list";
    const screen = ask.fact === GENTLE ? this.gentleScreen() : choices && !several ? this.choiceScreen(ask, choices) : this.inputScreen(ask);
    replace(this.root, screen, this.runningTotalLine(),
      el("div", {class: "mbe-turns"},
        this.backButton(),
        this.enoughButton(ask)));
  }

  /** A question that one tap answers. @param {Ask} ask @param {Array<[string, string]>} choices */
  choiceScreen(ask, choices) {
    const {label, hint} = wordsOf(this.page, ask.fact);
    const current = (this.app.answers[ask.fact] || [])[0];
    const tile = (/** @type {[string, string]} */ [value, words]) => el("button", {
      type: "button", class: "mbe-choice", "data-value": value, "aria-pressed": current === value ? "true" : "false",
      onclick: () => {
        this.app.answers[ask.fact] = [value];
        this.forward();
      },
    }, el("span", {}, words));
    return el("div", {class: "mbe-question mbe-screen", "data-fact": ask.fact},
      el("h2", {class: "mbe-asks", tabindex: "-1", id: "mbe-asks"}, label), el("p", {class: "mbe-why"}, hint),
      el("div", {class: "mbe-tiles " + widthClass(choices.slice(0, -1).map(([, words]) => words)), role: "group", "aria-labelledby": "mbe-asks"},
        choices.map(tile)));
  }

  /** The one question before those about a loss or a disability: they are asked only of whom they concern. */
  gentleScreen() {
    const {text, bundle, say} = this.page;
    const {gentle} = text.villager;
    const concerns = this.steps.concerns(this.result);
    const gentleOf = (/** @type {string} */ fact) => bundle.facts[fact].gentle || {};
    const behind = this.page.form.asks.map(({fact}) => fact).filter((fact) => concerns.includes(gentleOf(fact).after || fact));
    const {answers} = this.app;
    /** @type {Record<string, () => void>} */ const notes = {
      yes: () => behind.forEach((fact) => {
        this.steps.asked.delete(fact);
        if (String(answers[fact]) === gentleOf(fact).if_not) delete answers[fact]; // "no" was chosen before
      }),
      no: () => {
        notes.skip();
        for (const fact of concerns) answers[fact] = [gentleOf(fact).if_not || ""];
      },
      skip: () => behind.forEach((fact) => this.steps.asked.add(fact)),
    };
    const tile = (/** @type {string} */ value, /** @type {string} */ words) =>
      el("button", {type: "button", class: "mbe-choice", "data-value": value, onclick: () => (notes[value || "skip"](), this.forward())}, el("span", {}, words));
    return el("div", {class: "mbe-question mbe-screen", "data-fact": "gentle"},
      el("h2", {class: "mbe-asks", tabindex: "-1", id: "mbe-asks"}, gentle.question), el("p", {class: "mbe-why"}, gentle.why),
      el("ul", {}, concerns.map((fact) => el("li", {}, say(gentleOf(fact).concern)))),
      el("div", {class: "mbe-tiles mbe-many", role: "group", "aria-labelledby": "mbe-asks"},
        tile("yes", gentle.yes), tile("no", gentle.no), tile("", gentle.skip)));
  }

  /** A question with inputs and a button to confirm. @param {Ask} ask */
  inputScreen(ask) {
    const {text, bundle} = this.page;
    const fact = bundle.facts[ask.fact];
    const field = makeQuestion(this.page, ask, {heading: true});
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const raw = rawIn(field.element);
      const {error} = ask.fact === DAY ? dayError(this.page, raw) : readAnswer(this.page, ask.fact, raw);
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
    const form = el("form", {class: "mbe-screen", novalidate: true, onsubmit: submit}, field.element,
      el("div", {class: "mbe-goes"},
        el("button", {type: "submit", class: "mbe-submit mbe-next"}, text.villager.next),
        fact && fact.type !== "list"
          ? button("mbe-second mbe-skip", fact.may_not_know ? text.not_sure : text.leave_out, skip)
          : null));
    restoreIn(field.element, this.app.answers);
    return form;
  }

  runningTotalLine() {
    const line = el("p", {class: "mbe-running", "aria-live": "polite"});
    this.updateRunningTotal(line);
    return line;
  }

  /** @param {HTMLElement | null} line */
  updateRunningTotal(line) {
    const sentence = this.result ? runningTotal(this.page, this.result) : "";
    if (line && line.textContent !== sentence) replace(line, sentence);
  }

  /** The button that skips the remaining questions. @param {Ask} ask */
  enoughButton(ask) {
    const {text} = this.page;
    const hasBill = this.page.form.asks.some(({fact, first}) => first && this.steps.asked.has(fact));
    if (this.steps.at === 0 || (ask.bill && !hasBill)) return null;
    return button("mbe-second mbe-enough", text.villager.enough, () => this.go(this.steps.screens.includes(BILL) || !ask.bill ? ALL : BILL));
  }

  // the result

  request() {
    const {page, answers, inputs} = this.app;
    const {facts} = readAnswers(page, page.form.asks, answers); // invalid answers were not accepted
    return {place: page.place, date: readDay(page, answers, page.form.day).date || page.form.day, facts, inputs};
  }

  /** If the calculator is ready, estimate the current answers and update the running total; failures are not shown. */
  async refresh() {
    if (!this.app.engine.isReady) return;
    this.requestNumber += 1;
    const number = this.requestNumber;
    const result = await this.app.estimateQuietly(this.request());
    if (!result || number !== this.requestNumber || this.root.hidden) return;
    this.result = result;
    this.updateRunningTotal(this.root.querySelector(".mbe-running"));
  }

  /** @param {string} name */
  async showResult(name) {
    replace(this.root);
    this.requestNumber += 1; // ignore estimates in progress
    const {steps} = this;
    const {at} = steps;
    const request = this.request();
    const {result, faults} = await this.app.estimate(request, () => this.showResult(name));
    if (steps !== this.openSteps || at !== steps.at || this.root.hidden) return;
    if (!result) return void replace(this.root, faults ? this.review(faults) : null, this.navigation());
    this.result = result;
    this.app.showResult(request, result, {ask: (fact) => this.change(fact), again: () => this.showResult(name), below: this.offerHelp(name)});
    replace(this.root, this.review([]), this.navigation());
  }

  /** After the bill, the offer to look for other help. @param {string} name */
  offerHelp(name) {
    const {text} = this.page;
    const fact = name === BILL ? this.steps.nextHelp(this.app.answers, this.result) : null;
    return fact
      ? el("div", {class: "mbe-ask-more"}, el("p", {}, text.villager.more_help),
        button("mbe-submit mbe-help", text.villager.more_help_yes, () => this.go(fact)))
      : null;
  }

  /** @param {string} fact */
  change(fact) {
    if (this.steps.questionOf(fact)) this.go(this.steps.changeOf(fact));
  }

  navigation() {
    const {text} = this.page;
    return el("div", {class: "mbe-turns"},
      this.backButton(), button("mbe-second mbe-over", text.reset, () => this.app.reset()));
  }

  backButton() {
    return this.steps.at > 0 ? button("mbe-second mbe-back", this.page.text.villager.back, () => this.back()) : null;
  }

  /** @param {EstimateFault[]} faults */
  review(faults) {
    const {page, app: {answers}} = this;
    const listed = [...this.steps.asked].filter((fact) => !(page.bundle.facts[fact] || {}).gentle || readAnswer(page, fact, answers).value !== undefined);
    return review(page, answers, listed, faults, (fact) => this.change(fact));
  }

  close() {
    this.requestNumber += 1;
    replace(this.root);
  }
}

