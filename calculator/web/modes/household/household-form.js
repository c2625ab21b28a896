// @ts-check
// The cadre's way: a whole household on one page; what all share is asked once, each member has a tab.

import {button, el, fill, goTo, replace} from "../../shared/dom.js";
import {Form} from "../../form/form.js";
import {mayGrow, nameOf, newHousehold, newMember, parted, requestOf, requestOfMember} from "./household.js";
import {Drawer} from "./household-actions.js";
import {busy, isBusy, refused, showErrors} from "../../form/errors.js";
import {overview} from "./household-result.js";
import {tabs} from "./tabs.js";

export class Cadre {
  /**
   * @param {any} app what the page gives, see app/estimator.js
   * @param {HTMLElement} root
   */
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.result = null; // of the household, as it was asked for: {names, request, household}
    root.addEventListener("change", () => this.take());
    root.addEventListener("input", () => {
      this.take();
      app.warmUp();
    });
  }

  get page() {
    return this.app.page;
  }

  get household() {
    return this.app.household;
  }

  refresh() {}

  close() {
    this.take();
    this.own = null;
    replace(this.root);
  }

  open() {
    if (!this.app.household) this.app.household = newHousehold();
    const {text, form} = this.page;
    const {shared} = parted(form);
    this.result = null;
    this.summary = el("div", {class: "mbe-errors", role: "alert", tabindex: "-1", hidden: true});
    this.shared = new Form(this.page, {asks: shared, personFirst: true});
    this.members = el("div", {class: "mbe-members"});
    this.answer = el("div", {class: "mbe-overview", hidden: true});
    this.drawer = new Drawer(this);
    this.submit = el("button", {type: "submit", class: "mbe-submit mbe-work"}, text.household.submit);
    replace(this.root,
      el("p", {}, text.household.intro),
      this.drawer.kept(),
      el("form", {class: "mbe-household-form", novalidate: true, onsubmit: (event) => this.run(event)},
        this.summary,
        this.field("mbe-label", text.household.label, text.household.label_why, this.household.label, (typed) => (this.household.label = typed)),
        el("section", {class: "mbe-group mbe-home"}, el("h2", {}, text.household.shared), this.shared.build()),
        el("section", {class: "mbe-group"}, el("h2", {}, text.household.members), this.members),
        el("div", {class: "mbe-buttons"}, this.submit, this.drawer.next())),
      this.answer);
    this.shared.restore(this.household.shared);
    this.showMember(Math.min(this.household.open, this.household.members.length - 1));
  }

  /** A text for the reader's eye alone: it has no name, so it is never read as an answer. */
  field(id, label, why, value, take) {
    const input = el("input", {id, type: "text", autocomplete: "off", maxlength: "60", value, "aria-describedby": id + "-why"});
    input.addEventListener("input", () => take(input.value));
    return el("div", {class: "mbe-question"}, el("label", {class: "mbe-label", for: id}, label),
      el("p", {class: "mbe-why", id: id + "-why"}, why), el("div", {class: "mbe-typed"}, input));
  }

  /** Take what is on the page into the household, and keep it for this tab. */
  take() {
    if (!this.own || !this.household) return; // it was wiped
    this.household.shared = this.shared.raw();
    this.household.members[this.household.open].raw = this.own.raw();
    this.app.keep();
  }

  // the members

  showMember(index, focus = "") {
    const {text, form} = this.page;
    const {household} = this;
    household.open = index;
    const member = household.members[index];
    const names = () => household.members.map((_, number) => nameOf(text, household, number));
    const list = tabs(text.household.members, names(), index, (chosen) => this.change(() => chosen, "tab"));
    const renamed = (typed) => {
      member.name = typed;
      list.rename(index, nameOf(text, household, index));
    };
    this.own = new Form(this.page, {asks: parted(form).own, day: false, personFirst: true});
    const panel = el("div", {class: "mbe-panel", id: "mbe-panel", role: "tabpanel", "aria-labelledby": "mbe-tab-" + index},
      this.field("mbe-name", text.household.name, text.household.name_why, member.name, renamed), this.own.build(),
      el("div", {class: "mbe-turns"},
        household.members.length > 1 ? button("mbe-second mbe-remove", fill(text.household.remove, {name: nameOf(text, household, index)}), () => this.remove(index)) : null,
        mayGrow(household) ? button("mbe-second mbe-copy", text.household.copy, () => this.add({name: "", raw: structuredClone(member.raw)})) : null,
        mayGrow(household) ? button("mbe-second mbe-add", text.household.add, () => this.add(newMember())) : null));
    replace(this.members, list.element, panel);
    this.own.restore(member.raw);
    if (focus === "tab") list.focus();
    if (focus === "panel") goTo(panel.querySelector("input"));
  }

  /** Take what was typed, then show another member. */
  change(choose, focus) {
    this.take();
    this.showMember(choose(), focus);
    this.app.keep();
  }

  add(member) {
    this.change(() => this.household.members.push(member) - 1, "panel");
  }

  remove(index) {
    this.change(() => {
      this.household.members.splice(index, 1);
      return Math.max(0, index - 1);
    }, "tab");
  }

  /** The field of a fact, brought into sight. */
  reach(member, fact) {
    const shared = this.shared.fields.get(fact);
    if (shared) return shared.focus;
    if (member >= 0 && member !== this.household.open) this.change(() => member, "");
    const own = this.own.fields.get(fact);
    return own ? own.focus : this.submit;
  }

  // the result

  async run(event) {
    if (event) event.preventDefault();
    if (isBusy(this.submit)) return;
    const {app, page, household} = this;
    this.take();
    const {request, errors} = requestOf(page, household, app.inputs);
    this.say(errors);
    if (errors.length) return;
    busy(this.submit, true, page.text.working);
    const {result, faults} = await app.estimate(request, () => this.run());
    busy(this.submit, false, page.text.household.submit);
    if (!this.own || household !== this.household) return;
    if (faults) this.say(faults.map(refused));
    if (result) this.show(request, result);
  }

  show(request, result) {
    const names = this.household.members.map((_, index) => nameOf(this.page.text, this.household, index));
    this.result = {names, request, result};
    const actionsOf = (index) => ({
      ...this.app.actionsFor(requestOfMember(request, index), (fact) => goTo(this.reach(index, fact)), () => this.run()),
      kept: {},
      keep() {},
    });
    replace(this.answer, overview(this.page, names, result, actionsOf), this.drawer.after());
    this.answer.hidden = false;
    goTo(this.answer.querySelector("h2"));
  }

  /** Say what is wrong, with the member's name; each line leads to its field. */
  say(errors) {
    const {text} = this.page;
    const whose = ({member}) => (member >= 0 ? nameOf(text, this.household, member) + text.colon : "");
    showErrors(text, this.summary, errors.map((error) => ({text: whose(error) + error.text, open: () => this.reach(error.member, error.name)})));
  }

  /** Another household in place of this one. */
  replaceWith(household) {
    this.own = null; // what is on the page belongs to the one before
    this.app.household = household;
    this.app.keep();
    this.open();
  }
}
