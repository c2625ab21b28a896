// @ts-check
// The full form: all questions about one person on one page.

import {goTo, replace} from "../../shared/dom.js";
import {Form} from "../../form/form.js";
import {errorOfFault, isBusy, setBusy, showErrors} from "../../form/errors.js";

/** @import {App, EstimateFault, EstimateRequest, EstimateResult} from "../../../../types/estimator" */

export class FullForm {
  /**
   * @param {App} app
   * @param {HTMLFormElement} form
   * @param {HTMLElement} summary the element for errors
   */
  constructor(app, form, summary) {
    this.app = app;
    this.form = form;
    this.summary = summary;
    const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(name));
    this.questions = find(".mbe-questions");
    this.submit = find(".mbe-submit");
    this.buttons = find(".mbe-buttons");
    this.questionsForm = /** @type {Form} */ (/** @type {unknown} */ (null)); // of the place; there once it is open
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    this.changes = 0; // of answers
    form.addEventListener("input", () => {
      this.collect();
      this.changes += 1;
      app.outdateResult();
      app.warmUp(); // not on "focusin": the progress bar could move a tile away under a finger
    });
    form.addEventListener("change", () => this.collect());
    find(".mbe-reset").addEventListener("click", () => {
      app.reset();
      goTo(find("input"));
    });
  }

  open() {
    showErrors(this.app.page.text, this.summary, []);
    this.questionsForm = new Form(this.app.page);
    replace(this.questions, this.questionsForm.build());
    this.questionsForm.restore(this.app.answers);
    replace(this.submit, this.submitText);
    this.form.hidden = false;
    this.buttons.hidden = false;
  }

  get submitText() {
    const {text, form} = this.app.page;
    return form.event === "none" ? text.submit_none : text.submit;
  }

  close() {
    this.form.hidden = true;
    this.buttons.hidden = true;
    replace(this.questions);
  }

  refresh() {}

  /** Take the answers from the page and save them. */
  collect() {
    Object.assign(this.app.answers, this.questionsForm.raw());
    this.app.save();
  }

  async run() {
    const {app, questionsForm} = this;
    if (isBusy(this.submit)) return;
    const {date, facts, errors} = questionsForm.read();
    showErrors(app.page.text, this.summary, errors);
    if (errors.length) return;
    this.collect();
    const {text} = app.page;
    setBusy(this.submit, true, text.working);
    const request = {place: app.page.place, date, facts, inputs: app.inputs};
    const {changes} = this;
    try {
      const {result, faults} = await app.estimate(request, () => this.run());
      if (questionsForm !== this.questionsForm || this.form.hidden) return;
      if (faults) showErrors(app.page.text, this.summary, faults.map((fault) => this.errorOf(fault)));
      if (result) this.show(request, result);
      if (result && changes !== this.changes) app.outdateResult(); // while it was worked out
    } finally {
      setBusy(this.submit, false, this.submitText);
    }
  }

  /** @param {EstimateRequest} request @param {EstimateResult} result */
  show(request, result) {
    const ask = (/** @type {string} */ fact) => this.questionsForm.fields.has(fact) && goTo(this.questionsForm.fieldOf(fact).focus);
    this.app.showResult(request, result, {ask, again: () => this.run()});
    this.questionsForm.markWanted(result.needs.map(({fact}) => fact));
  }

  /** Mark the field of a fault; returns the line of the summary. @param {EstimateFault} fault */
  errorOf(fault) {
    const {name, text} = errorOfFault(fault);
    const field = this.questionsForm.fields.get(name);
    if (field) this.questionsForm.mark(name, text);
    return {text, focus: field ? field.focus : null};
  }
}

