// @ts-check
// The steps of the wizard, and which one comes next. A step is the name of a fact, "!" with a fact whose answer is being
// changed, or a result: "=bill" for the bill, "=all" with all other help. No question is asked twice.

import {DAY, readAnswer} from "../../form/answers.js";

/** @import {Ask, EstimateResult, Page, Raw} from "../../../../types/estimator" */

export const BILL = "=bill";
export const ALL = "=all";
export const GENTLE = "~gentle"; // the one question before those about a loss or a disability
const CHANGED = "!";

/** @param {string} name */
export const isResult = (name) => name.startsWith("=");
/** @param {string} name */
export const factOf = (name) => (name.startsWith(CHANGED) ? name.slice(1) : name);

export class WizardSteps {
  /**
   * @param {Page} page
   * @param {{screens?: string[], at?: number, asked?: string[]}} state as `state` returned it
   */
  constructor(page, {screens = [], at = 0, asked = []} = {}) {
    this.page = page;
    this.screens = screens.filter((name) => isResult(name) || this.questionOf(factOf(name)));
    this.at = Math.max(0, Math.min(at, this.screens.length - 1));
    this.asked = new Set(asked);
  }

  get state() {
    return {screens: this.screens, at: this.at, asked: [...this.asked]};
  }

  /** The name of the current step. */
  get current() {
    return this.screens[this.at];
  }

  /** The place's question about a fact. @param {string} fact @returns {Ask | undefined} */
  questionOf(fact) {
    if (fact === GENTLE) return {fact};
    return fact === DAY ? {fact: DAY, bill: true} : this.page.form.asks.find((ask) => ask.fact === fact);
  }

  /** Go to a new step after the current one; steps after it are dropped. @param {string} name */
  add(name) {
    this.screens = [...this.screens.slice(0, this.at + 1), name];
    this.at = this.screens.length - 1;
  }

  /** The step in which the answer about a fact is changed; the result comes after it. @param {string} fact */
  changeOf(fact) {
    return CHANGED + fact;
  }

  /** The first fact that was neither answered nor skipped. @param {string[]} facts @param {Raw} answers */
  firstOpen(facts, answers) {
    return facts.find((fact) => !this.asked.has(fact) && readAnswer(this.page, fact, answers).value === undefined);
  }

  /**
   * The name of the next step: facts that can still change the result, the most decisive first.
   *
   * @param {Raw} answers
   * @param {EstimateResult | null} result of these answers, or null if the calculator is not ready
   */
  next(answers, result) {
    const {form} = this.page;
    const before = this.screens.slice(0, this.at + 1);
    if (this.current && this.current.startsWith(CHANGED)) {
      const fact = this.firstOpen(this.neededFacts("bill", result), answers);
      return fact ? CHANGED + fact : before.filter(isResult).pop() || BILL;
    }
    if (!before.includes(BILL) && form.asks.some(({bill}) => bill)) {
      const first = form.asks.filter((ask) => ask.first).map(({fact}) => fact);
      const day = form.day_matters ? [DAY] : [];
      return this.firstOpen([...first, ...day, ...this.neededFacts("bill", result)], answers) || BILL;
    }
    return this.nextHelp(answers, result) || ALL;
  }

  /**
   * The next question besides the bill: a question about a loss or a disability comes after all others, behind GENTLE.
   *
   * @param {Raw} answers
   * @param {EstimateResult | null} result
   */
  nextHelp(answers, result) {
    const {facts} = this.page.bundle;
    const needed = this.neededFacts("help", result);
    const isReady = (/** @type {string} */ fact) => {
      const {after} = facts[fact].gentle || {};
      return !after || readAnswer(this.page, after, answers).value !== undefined;
    };
    const fact = this.firstOpen([...needed.filter((name) => !facts[name].gentle), ...needed.filter((name) => facts[name].gentle && isReady(name))], answers);
    return fact && facts[fact].gentle && !this.asked.has(GENTLE) ? GENTLE : fact;
  }

  /** The facts with a line in GENTLE: those that are needed, or were before it was answered. @param {EstimateResult | null} result */
  concerns(result) {
    const {form, bundle} = this.page;
    const needed = this.neededFacts("help", result);
    return form.asks.map(({fact}) => fact).filter((fact) => (bundle.facts[fact].gentle || {}).concern && (needed.includes(fact) || this.asked.has(fact)));
  }

  /**
   * The facts that matter for the "bill" or for other "help": those that the result names, or all in order without one.
   *
   * @param {"bill" | "help"} what
   * @param {EstimateResult | null} result
   */
  neededFacts(what, result) {
    const {asks} = this.page.form;
    if (!result) return asks.filter((ask) => !ask.finer && Boolean(ask.bill) === (what === "bill")).map(({fact}) => fact);
    if (what === "bill" && !result.total_cost) return []; // no bill, so nothing to narrow
    const needs = result.needs.filter(({affects, fact}) => {
      const {bill = false, finer = false} = this.questionOf(fact) || {fact, finer: true};
      if (!result.total_cost && bill) return !finer && this.page.bundle.facts[fact].group !== "visit" && fact !== "total_cost";
      return (affects === "bill") === (what === "bill");
    });
    return needs.map(({fact}) => fact).filter((fact) => this.questionOf(fact));
  }
}
