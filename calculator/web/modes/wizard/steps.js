// @ts-check
// Which screen comes next in the villager's way. A screen is a fact, "!" before a fact that is only changed, or the
// result: "=bill" of the bill, "=all" with all other help. Nothing is asked twice.

import {DAY, readAnswer} from "../../form/answers.js";

export const BILL = "=bill";
export const ALL = "=all";
const CHANGED = "!";

export const isResult = (name) => name.startsWith("=");
export const factOf = (name) => (name.startsWith(CHANGED) ? name.slice(1) : name);

export class Trail {
  /**
   * @param {any} page {bundle, form, text, say}
   * @param {{screens?: string[], at?: number, asked?: string[]}} kept
   */
  constructor(page, {screens = [], at = 0, asked = []} = {}) {
    this.page = page;
    this.screens = screens.filter((name) => isResult(name) || this.ask(factOf(name)));
    this.at = Math.max(0, Math.min(at, this.screens.length - 1));
    this.asked = new Set(asked);
  }

  get state() {
    return {screens: this.screens, at: this.at, asked: [...this.asked]};
  }

  get now() {
    return this.screens[this.at];
  }

  ask(fact) {
    return fact === DAY ? {fact: DAY, bill: true} : this.page.form.asks.find((ask) => ask.fact === fact);
  }

  /** Put a screen after this one. What lay ahead is forgotten. */
  add(name) {
    this.screens = [...this.screens.slice(0, this.at + 1), name];
    this.at = this.screens.length - 1;
  }

  /** A fact of which the answer is to be changed: after it comes the result again. */
  changing(fact) {
    return CHANGED + fact;
  }

  /** The first fact that is neither answered nor left open by the reader. */
  fresh(facts, answers) {
    return facts.find((fact) => !this.asked.has(fact) && readAnswer(this.page, fact, answers).value === undefined);
  }

  /**
   * The name of the next screen: what can still change the result, the most decisive first.
   *
   * @param {any} answers raw, by name
   * @param {any} result of these answers, or null where the calculator is not there
   */
  next(answers, result) {
    const {form} = this.page;
    const before = this.screens.slice(0, this.at + 1);
    if (this.now && this.now.startsWith(CHANGED)) {
      const more = this.fresh(this.needed("bill", result), answers);
      return more ? CHANGED + more : before.filter(isResult).pop() || BILL;
    }
    if (!before.includes(BILL) && form.asks.some(({bill}) => bill)) {
      const first = form.asks.filter((ask) => ask.first).map(({fact}) => fact);
      const day = form.day_matters ? [DAY] : [];
      return this.fresh([...first, ...day, ...this.needed("bill", result)], answers) || BILL;
    }
    return this.fresh(this.needed("help", result), answers) || ALL;
  }

  /** The facts that matter for the bill, or for all else: by the calculator where it is there, else all in order. */
  needed(what, result) {
    const {asks} = this.page.form;
    if (!result) return asks.filter((ask) => !ask.finer && Boolean(ask.bill) === (what === "bill")).map(({fact}) => fact);
    if (what === "bill" && !result.total_cost) return []; // without a bill there is nothing to make more exact
    const needs = result.needs.filter(({affects, fact}) => {
      const {bill = false, finer = false} = this.ask(fact) || {finer: true};
      if (!result.total_cost && bill) return !finer && this.page.bundle.facts[fact].group !== "visit" && fact !== "total_cost";
      return (affects === "bill") === (what === "bill");
    });
    return needs.map(({fact}) => fact).filter((fact) => this.ask(fact));
  }
}
