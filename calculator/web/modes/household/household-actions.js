// @ts-check
// What can be done with a household besides working it out: keep it, open a kept one, export, import, the next one.

import {copyText} from "../../shared/clipboard.js";
import {button, el, fill, replace} from "../../shared/dom.js";
import {asText} from "./entitlements.js";
import {readFile, saveFile} from "./household-file.js";
import {asHousehold, isBegun, newHousehold} from "./household.js";
import {isKept, keepHousehold, keptHouseholds, wipeAll, wipeHousehold} from "./saved-households.js";

export class Drawer {
  /** @param {any} cadre the cadre's way */
  constructor(cadre) {
    this.cadre = cadre;
    this.list = el("div", {class: "mbe-kept"});
  }

  get text() {
    return this.cadre.page.text.household;
  }

  // the kept households

  kept() {
    this.refill();
    return this.list;
  }

  refill() {
    const {text, cadre} = this;
    const {page} = cadre;
    const all = keptHouseholds().filter(({place}) => place === page.place);
    const row = ({id, saved, household}) => el("li", {},
      el("span", {class: "mbe-reply"}, el("b", {}, household.label || text.no_label), el("span", {}, fill(text.saved, {date: page.day(saved), n: String(household.members.length)}))),
      button("mbe-second mbe-load", text.open, () => this.replace(asHousehold(household))),
      button("mbe-second mbe-wipe", text.wipe, () => {
        wipeHousehold(id);
        this.refill();
      }));
    const file = el("input", {type: "file", id: "mbe-import", class: "mbe-hidden", accept: ".json,application/json"});
    const said = el("p", {class: "mbe-told", role: "status"});
    file.addEventListener("change", async () => {
      const found = await readFile(file.files[0]);
      if (found && found.place === page.place) return this.replace(found.household);
      return replace(said, found ? text.other_place : text.not_a_file);
    });
    replace(this.list, el("details", {class: "mbe-more"},
      el("summary", {}, all.length ? fill(text.kept, {n: String(all.length)}) : text.kept_none),
      el("ul", {class: "mbe-list"}, all.map(row)),
      keptHouseholds().length ? button("mbe-second mbe-wipe-all", text.wipe_all, () => {
        wipeAll();
        this.refill();
      }) : null,
      el("div", {class: "mbe-question"}, file, el("label", {class: "mbe-file", for: "mbe-import"}, text.import), said)));
  }

  /** Go on with another household; ask first if this one would be lost. */
  replace(household) {
    this.sure(() => this.cadre.replaceWith(household));
  }

  // the next household

  next() {
    this.asked = el("div", {class: "mbe-loses", role: "alert", hidden: true});
    return [button("mbe-second mbe-next", this.text.next, () => this.sure(() => this.cadre.replaceWith(newHousehold()))), this.asked];
  }

  /** Do it at once where nothing is lost; else after a second tap. */
  sure(act) {
    const {text, cadre} = this;
    cadre.take();
    if (!isBegun(cadre.household) || isKept(cadre.household)) return act();
    const close = () => {
      this.asked.hidden = true;
    };
    replace(this.asked, el("p", {}, text.sure),
      button("mbe-second mbe-really", text.really, () => {
        close();
        act();
      }),
      button("mbe-second mbe-no", text.stay, close));
    this.asked.hidden = false;
    return this.asked.querySelector("button").focus();
  }

  // what can be done with the result

  after() {
    const {text, cadre} = this;
    const said = el("p", {class: "mbe-told", role: "status"});
    const byHand = el("textarea", {class: "mbe-copied", rows: "8", readonly: true, hidden: true, "aria-label": text.copy_text});
    const copy = async () => {
      const {names, result} = cadre.result;
      const words = asText(cadre.page, cadre.household.label, names, result);
      replace(said, (await copyText(words, byHand)) ? text.copied : text.copy_by_hand);
    };
    const keep = () => {
      cadre.take();
      const id = keepHousehold(cadre.page.place, cadre.household);
      if (id) cadre.household.kept = id;
      cadre.app.keep();
      this.refill();
      replace(said, id ? text.kept_now : text.not_kept);
    };
    const file = () => {
      cadre.take();
      replace(said, saveFile(cadre.page.place, cadre.household) ? text.file_saved : text.file_not_saved);
    };
    return el("section", {class: "mbe-block mbe-drawer"},
      el("h3", {}, text.after),
      el("div", {class: "mbe-turns"},
        button("mbe-second mbe-copy-text", text.copy_text, copy),
        button("mbe-second mbe-keep-it", text.keep, keep),
        button("mbe-second mbe-save-file", text.save_file, file)),
      said, byHand, el("p", {class: "mbe-why"}, text.stays));
  }
}
