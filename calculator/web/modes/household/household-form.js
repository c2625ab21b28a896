// @ts-check
// The household form, for cadres: shared questions are asked once, each member has a tab.

import {button, el, fill, goTo, replace} from "../../shared/dom.js";
import {Form} from "../../form/form.js";
import {canAddMember, nameOf, newHousehold, newMember, requestOf, requestOfMember, splitQuestions} from "./household.js";
import {HouseholdActions} from "./household-actions.js";
import {errorOfFault, isBusy, setBusy, showErrors} from "../../form/errors.js";
import {householdResult} from "./household-result.js";
import {markCurrent, markOutdated, watchNumbers} from "../../result/outdated.js";
import {tabs} from "./tabs.js";

/** @import {Actions, App, Household, HouseholdRequest, HouseholdResult, Member, MemberError} from "../../../../types/estimator" */

export class HouseholdForm {
  /**
   * @param {App} app
   * @param {HTMLElement} root
   */
  constructor(app, root) {
    this.app = app;
    this.root = root;
    /** @type {{names: string[], request: HouseholdRequest, result: HouseholdResult} | null} */
    this.result = null; // the latest one
    this.changes = 0; // of answers
    this.summary = el("div", {class: "mbe-errors", role: "alert", tabindex: "-1", hidden: true});
    this.membersElement = el("div", {class: "mbe-members"});
    this.resultElement = el("div", {class: "mbe-overview", hidden: true});
    this.submit = el("button", {type: "submit", class: "mbe-submit mbe-work"});
    /** @type {Form | null} */ this.memberForm = null; // of the member whose tab is open
    this.sharedForm = /** @type {Form} */ (/** @type {unknown} */ (null)); // this and the following are there once it is open
    this.actions = /** @type {HouseholdActions} */ (/** @type {unknown} */ (null));
    root.addEventListener("change", ({target}) => {
      if (this.isAnswer(target)) this.collect();
    });
    root.addEventListener("input", ({target}) => {
      if (!this.isAnswer(target)) return;
      this.collect();
      this.outdate();
      app.warmUp();
    });
  }

  get page() {
    return this.app.page;
  }

  get household() {
    return /** @type {Household} */ (this.app.household); // there once it is open
  }

  refresh() {}

  /** Whether something is part of the answers, and not of the result below them. @param {EventTarget | null} target */
  isAnswer(target) {
    return /** @type {Element} */ (target).closest(".mbe-household-form") !== null;
  }

  /** An answer was changed: the result that is shown, or is being worked out, is of other answers. */
  outdate() {
    this.changes += 1;
    markOutdated(this.resultElement, this.page.text, () => this.run());
  }

  close() {
    this.collect();
    this.memberForm = null;
    replace(this.root);
  }

  open() {
    if (!this.app.household) this.app.household = newHousehold();
    const {text, form} = this.page;
    const {shared} = splitQuestions(form);
    this.result = null;
    this.summary = el("div", {class: "mbe-errors", role: "alert", tabindex: "-1", hidden: true});
    this.sharedForm = new Form(this.page, {asks: shared, personFirst: true});
    this.membersElement = el("div", {class: "mbe-members"});
    this.resultElement = el("div", {class: "mbe-overview", hidden: true});
    watchNumbers(this.resultElement, text);
    this.actions = new HouseholdActions(this);
    this.submit = el("button", {type: "submit", class: "mbe-submit mbe-work"}, text.household.submit);
    replace(this.root,
      el("p", {}, text.household.intro),
      this.actions.savedList(),
      el("form", {class: "mbe-household-form", novalidate: true, onsubmit: (/** @type {Event} */ event) => this.run(event)},
        this.summary,
        this.noteField("mbe-label", text.household.label, text.household.label_why, this.household.label, (typed) => void (this.household.label = typed)),
        el("section", {class: "mbe-group mbe-home"}, el("h2", {}, text.household.shared), this.sharedForm.build()),
        el("section", {class: "mbe-group"}, el("h2", {}, text.household.members), this.membersElement),
        el("div", {class: "mbe-buttons"}, this.submit, this.actions.nextButton())),
      this.resultElement);
    this.sharedForm.restore(this.household.shared);
    this.showMember(Math.min(this.household.open, this.household.members.length - 1));
  }

  /**
   * A text field that is only for the reader: without a name attribute, it is never read as an answer.
   *
   * @param {string} id
   * @param {string} label
   * @param {string} why
   * @param {string} value
   * @param {(typed: string) => void} onInput
   */
  noteField(id, label, why, value, onInput) {
    const input = el("input", {id, type: "text", autocomplete: "off", maxlength: "60", value, "aria-describedby": id + "-why"});
    input.addEventListener("input", () => onInput(input.value));
    return el("div", {class: "mbe-question"}, el("label", {class: "mbe-label", for: id}, label),
      el("p", {class: "mbe-why", id: id + "-why"}, why), el("div", {class: "mbe-typed"}, input));
  }

  /** Take the answers from the page into the household, and save it for this tab. */
  collect() {
    if (!this.memberForm || !this.household) return; // cleared
    this.household.shared = this.sharedForm.raw();
    this.household.members[this.household.open].raw = this.memberForm.raw();
    this.app.save();
  }

  // the members

  /** @param {number} index @param {string} [focus] */
  showMember(index, focus = "") {
    const {text, form} = this.page;
    const {household} = this;
    household.open = index;
    const member = household.members[index];
    const names = () => household.members.map((_, number) => nameOf(text, household, number));
    const list = tabs(text.household.members, names(), index, (chosen) => this.switchMember(() => chosen, "tab"));
    const rename = (/** @type {string} */ typed) => {
      member.name = typed;
      list.rename(index, nameOf(text, household, index));
    };
    this.memberForm = new Form(this.page, {asks: splitQuestions(form).own, day: false, personFirst: true});
    const panel = el("div", {class: "mbe-panel", id: "mbe-panel", role: "tabpanel", "aria-labelledby": "mbe-tab-" + index},
      this.noteField("mbe-name", text.household.name, text.household.name_why, member.name, rename), this.memberForm.build(),
      el("div", {class: "mbe-turns"},
        household.members.length > 1 ? button("mbe-second mbe-remove", fill(text.household.remove, {name: nameOf(text, household, index)}), () => this.remove(index)) : null,
        canAddMember(household) ? button("mbe-second mbe-copy", text.household.copy, () => this.add({name: "", raw: JSON.parse(JSON.stringify(member.raw))})) : null,
        canAddMember(household) ? button("mbe-second mbe-add", text.household.add, () => this.add(newMember())) : null));
    replace(this.membersElement, list.element, panel);
    this.memberForm.restore(member.raw);
    if (focus === "tab") list.focus();
    if (focus === "panel") goTo(/** @type {HTMLElement} */ (panel.querySelector("input")));
  }

  /**
   * Save the current member's answers, then show the member that `choose` returns.
   *
   * @param {() => number} choose
   * @param {string} focus
   */
  switchMember(choose, focus) {
    this.collect();
    this.showMember(choose(), focus);
    this.app.save();
  }

  /** @param {Member} member */
  add(member) {
    this.outdate();
    this.switchMember(() => this.household.members.push(member) - 1, "panel");
  }

  /** @param {number} index */
  remove(index) {
    this.outdate();
    this.switchMember(() => {
      this.household.members.splice(index, 1);
      return Math.max(0, index - 1);
    }, "tab");
  }

  /**
   * The input for a fact of a member, on the tab that is then open.
   *
   * @param {number} member
   * @param {string} fact
   * @returns {HTMLElement}
   */
  inputOf(member, fact) {
    const shared = this.sharedForm.fields.get(fact);
    if (shared) return shared.focus;
    if (member >= 0 && member !== this.household.open) this.switchMember(() => member, "");
    const own = this.memberForm && this.memberForm.fields.get(fact);
    return own ? own.focus : this.submit;
  }

  // the result

  /** @param {Event} [event] */
  async run(event) {
    if (event) event.preventDefault();
    if (isBusy(this.submit)) return;
    const {app, page, household} = this;
    this.collect();
    const {request, errors} = requestOf(page, household, app.inputs);
    this.showErrors(errors);
    if (errors.length) return;
    setBusy(this.submit, true, page.text.working);
    const {changes} = this;
    const {result, faults} = await app.estimate(request, () => this.run());
    setBusy(this.submit, false, page.text.household.submit);
    if (!this.memberForm || household !== this.household) return;
    if (faults) this.showErrors(faults.map(errorOfFault));
    if (result) this.show(request, result);
    if (result && changes !== this.changes) this.outdate();
  }

  /** @param {HouseholdRequest} request @param {HouseholdResult} result */
  show(request, result) {
    const names = this.household.members.map((_, index) => nameOf(this.page.text, this.household, index));
    this.result = {names, request, result};
    /** @param {number} index @returns {Actions} */
    const actionsOf = (index) => ({
      ...this.app.actionsFor(requestOfMember(request, index), (fact) => goTo(this.inputOf(index, fact)), () => this.run()),
      forms: {},
      save() {},
    });
    replace(this.resultElement, householdResult(this.page, names, result, actionsOf), this.actions.resultActions());
    this.resultElement.hidden = false;
    markCurrent(this.resultElement);
    goTo(/** @type {HTMLElement} */ (this.resultElement.querySelector("h2")));
  }

  /** Show the errors with the member's name; each line leads to its field. @param {MemberError[]} errors */
  showErrors(errors) {
    const {text} = this.page;
    const prefix = (/** @type {MemberError} */ {member}) => (member >= 0 ? nameOf(text, this.household, member) + text.colon : "");
    showErrors(text, this.summary, errors.map((error) => ({text: prefix(error) + error.text, open: () => this.inputOf(error.member, error.name)})));
  }

  /** Show another household in place of this one. @param {Household} household */
  replaceHousehold(household) {
    this.memberForm = null; // the answers on the page belong to the previous household
    this.app.household = household;
    this.app.save();
    this.open();
  }
}
