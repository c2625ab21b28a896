// @ts-check
// The whole form of one person on one page.

import {goTo, replace} from "../../shared/dom.js";
import {Form} from "../../form/form.js";
import {busy, isBusy, refused, showErrors} from "../../form/errors.js";

export class Whole {
  /**
   * @param {any} app what the page gives, see app/estimator.js
   * @param {HTMLFormElement} form
   * @param {HTMLElement} summary where mistakes are said
   */
  constructor(app, form, summary) {
    this.app = app;
    this.form = form;
    this.summary = summary;
    this.questions = form.querySelector(".mbe-questions");
    this.submit = form.querySelector(".mbe-submit");
    this.asked = null; // the Form
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    form.addEventListener("input", () => {
      this.take();
      app.warmUp(); // not at "focusin": what shows up then could slip under a finger
    });
    form.addEventListener("change", () => this.take());
    form.querySelector(".mbe-reset").addEventListener("click", () => {
      app.reset();
      goTo(form.querySelector("input"));
    });
  }

  open() {
    showErrors(this.app.page.text, this.summary, []);
    this.asked = new Form(this.app.page);
    replace(this.questions, this.asked.build());
    this.asked.restore(this.app.answers);
    this.form.hidden = false;
    this.form.querySelector(".mbe-buttons").hidden = false;
  }

  close() {
    this.form.hidden = true;
    this.form.querySelector(".mbe-buttons").hidden = true;
    replace(this.questions);
  }

  refresh() {}

  take() {
    Object.assign(this.app.answers, this.asked.raw());
    this.app.keep();
  }

  async run() {
    const {app, asked} = this;
    if (isBusy(this.submit)) return;
    const {date, facts, errors} = asked.read();
    showErrors(app.page.text, this.summary, errors);
    if (errors.length) return;
    this.take();
    const {text} = app.page;
    busy(this.submit, true, text.working);
    const request = {place: app.page.place, date, facts, inputs: app.inputs};
    try {
      const {result, faults} = await app.estimate(request, () => this.run());
      if (asked !== this.asked || this.form.hidden) return;
      if (faults) showErrors(app.page.text, this.summary, faults.map((fault) => this.mistake(fault)));
      if (result) this.show(request, result);
    } finally {
      busy(this.submit, false, text.submit);
    }
  }

  show(request, result) {
    const ask = (fact) => this.asked.fields.has(fact) && goTo(this.asked.fields.get(fact).focus);
    this.app.showResult(request, result, {ask, again: () => this.run()});
    this.asked.markWanted(result.needs.map(({fact}) => fact));
  }

  /** What the calculator refuses, at its field and in its words. */
  mistake(fault) {
    const {name, text} = refused(fault);
    const field = this.asked.fields.get(name);
    if (field) this.asked.mark(name, text);
    return {text, focus: field ? field.focus : null};
  }
}

