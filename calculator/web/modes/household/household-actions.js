// @ts-check
// What a cadre can do with a household besides estimating: save, open a saved one, export, import, start the next one.

import {copyText} from "../../shared/clipboard.js";
import {button, el, fill, replace} from "../../shared/dom.js";
import {householdText} from "./entitlements.js";
import {readFile, saveFile} from "./household-file.js";
import {WAITS} from "../../result/outdated.js";
import {asHousehold, isBegun, newHousehold} from "./household.js";
import {deleteHouseholds, isSaved, saveHousehold, savedHouseholds} from "./saved-households.js";

/** @import {Household} from "../../../../types/estimator" */
/** @import {SavedHousehold} from "./saved-households.js" */

/** @param {import("../../../../types/estimator").Texts} text of households @param {SavedHousehold} entry */
function nameOfSaved(text, {household}) {
  return household.label.trim() || text.no_label;
}

export class HouseholdActions {
  /** @param {import("./household-form.js").HouseholdForm} form */
  constructor(form) {
    this.form = form;
    this.savedElement = el("div", {class: "mbe-kept"});
    this.confirmation = el("div", {class: "mbe-loses", role: "alert", hidden: true});
    this.deletion = el("div", {class: "mbe-loses", role: "alert", hidden: true});
  }

  get text() {
    return this.form.page.text.household;
  }

  // the saved households

  /** The list of saved households, with the import of a file. */
  savedList() {
    this.refreshSaved();
    return this.savedElement;
  }

  refreshSaved() {
    const {text, form} = this;
    const {page} = form;
    const saved = savedHouseholds(page);
    const row = (/** @type {SavedHousehold} */ entry) => el("li", {},
      el("span", {class: "mbe-reply"}, el("b", {}, nameOfSaved(text, entry)), el("span", {}, this.detailsOf(entry))),
      button("mbe-second mbe-load", text.open, () => this.open(/** @type {Household} */ (asHousehold(entry.household)))),
      button("mbe-second mbe-wipe", text.wipe, () => this.confirmDeletion([entry])));
    const input = el("input", {type: "file", id: "mbe-import", class: "mbe-hidden", accept: ".json,application/json"});
    const status = el("p", {class: "mbe-told", role: "status"});
    input.addEventListener("change", async () => {
      const imported = await readFile(input.files && input.files[0]);
      if (imported && imported.place === page.place) return this.open(imported.household);
      return replace(status, imported ? text.other_place : text.not_a_file);
    });
    replace(this.savedElement, el("details", {class: "mbe-more"},
      el("summary", {}, saved.length ? fill(text.kept, {n: String(saved.length)}) : text.kept_none),
      el("ul", {class: "mbe-list"}, saved.map(row)),
      saved.length ? button("mbe-second mbe-wipe-all", text.wipe_all, () => this.confirmDeletion(saved)) : null,
      this.deletion,
      el("div", {class: "mbe-question"}, input, el("label", {class: "mbe-file", for: "mbe-import"}, text.import), status)));
  }

  /** How many people a saved household has, and when it was saved. @param {SavedHousehold} entry */
  detailsOf({saved, household}) {
    return fill(this.text.saved, {date: this.form.page.day(saved), n: String(household.members.length)});
  }

  /** Name the saved households that are to be deleted, and delete them once the reader agrees. @param {SavedHousehold[]} entries */
  confirmDeletion(entries) {
    const {text, form, deletion} = this;
    replace(deletion, el("p", {}, text.wipe_sure),
      el("ul", {}, entries.map((entry) => el("li", {}, el("b", {}, nameOfSaved(text, entry)), form.page.text.colon, this.detailsOf(entry)))),
      button("mbe-second mbe-wipe-yes", text.wipe, () => {
        deletion.hidden = true;
        deleteHouseholds(form.page, entries);
        this.refreshSaved();
        /** @type {HTMLElement} */ (this.savedElement.querySelector("summary")).focus();
        /** @type {HTMLElement} */ (this.savedElement.querySelector("details")).setAttribute("open", "");
      }),
      button("mbe-second mbe-wipe-no", text.wipe_no, () => {
        deletion.hidden = true;
      }));
    deletion.hidden = false;
    /** @type {HTMLElement} */ (deletion.querySelector(".mbe-wipe-no")).focus();
  }

  /** Open another household; ask first if the current one would be lost. @param {Household} household */
  open(household) {
    this.confirmLoss(() => this.form.replaceHousehold(household));
  }

  // the next household

  nextButton() {
    return [button("mbe-second mbe-next", this.text.next, () => this.confirmLoss(() => this.form.replaceHousehold(newHousehold()))), this.confirmation];
  }

  /**
   * Run an action at once if nothing unsaved would be lost; otherwise after the reader confirms.
   *
   * @param {() => void} action
   */
  confirmLoss(action) {
    const {text, form} = this;
    form.collect();
    if (!isBegun(form.household) || isSaved(form.page, form.household)) return action();
    const close = () => {
      this.confirmation.hidden = true;
    };
    replace(this.confirmation, el("p", {}, text.sure),
      button("mbe-second mbe-really", text.really, () => {
        close();
        action();
      }),
      button("mbe-second mbe-no", text.stay, close));
    this.confirmation.hidden = false;
    return /** @type {HTMLElement} */ (this.confirmation.querySelector("button")).focus();
  }

  // after the result

  /** Buttons to copy the result, to save the household and to export it. */
  resultActions() {
    const {text, form} = this;
    const status = el("p", {class: "mbe-told", role: "status"});
    const area = el("textarea", {class: "mbe-copied", rows: "8", readonly: true, hidden: true, "aria-label": text.copy_text});
    const copy = async () => {
      const {names, result} = /** @type {NonNullable<typeof form.result>} */ (form.result);
      const summary = householdText(form.page, form.household.label, names, result);
      replace(status, (await copyText(summary, area)) ? text.copied : text.copy_by_hand);
    };
    const save = () => {
      form.collect();
      const id = saveHousehold(form.page, form.household);
      if (id) form.household.kept = id;
      form.app.save();
      this.refreshSaved();
      replace(status, id ? text.kept_now : text.not_kept);
    };
    const exportFile = () => {
      form.collect();
      replace(status, saveFile(form.page.place, form.household) ? text.file_saved : text.file_not_saved);
    };
    return el("section", {class: "mbe-block mbe-drawer"},
      el("h3", {}, text.after),
      el("div", {class: "mbe-turns"},
        button(`mbe-second mbe-copy-text ${WAITS}`, text.copy_text, copy),
        button("mbe-second mbe-keep-it", text.keep, save),
        button("mbe-second mbe-save-file", text.save_file, exportFile)),
      status, area, el("p", {class: "mbe-why"}, text.stays));
  }
}
