// @ts-check
// The results below the search field: the reader's own place first, found words marked, arrow keys move through them.
import {el, fill, replace, standsIn, words} from "../../../calculator/web/shared/dom.js";

const PAUSE = 200; // milliseconds after the last letter
const KEY = "mingbai-place"; // in sessionStorage
const OWN = 3; // factor for the reader's own place, compared with the places above it

/** @import {Found, SearchEngine} from "./engine.js" */
/** @typedef {{root: string, step: number, instead: {lang: string, dir: string}[], text: Record<string, any>}} Config any: texts */

export class Results {
  /** @param {HTMLElement} box @param {SearchEngine} engine @param {Config} config */
  constructor(box, engine, config) {
    this.engine = engine;
    this.config = config;
    this.text = config.text;
    standsIn(config.instead[0]);
    this.field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
    this.placeSelect = box.querySelector("select");
    this.status = /** @type {HTMLElement} */ (box.querySelector(".mb-search__said"));
    this.list = /** @type {HTMLElement} */ (box.querySelector(".mb-search__found"));
    this.timer = 0;
    const select = this.placeSelect;
    if (select) {
      select.value = savedPlace();
      if (select.selectedIndex < 0) select.value = "";
      select.addEventListener("change", () => {
        savePlace(select.value);
        this.show();
      });
      /** @type {HTMLElement} */ (select.closest(".mb-search__place")).hidden = false;
    }
    this.field.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.timer = setTimeout(() => this.show(), PAUSE);
    });
    this.field.addEventListener("compositionend", () => this.show());
    box.addEventListener("keydown", (event) => this.walk(event));
    if (this.field.value.trim()) this.show();
  }

  /** On the button or Enter: close a phone's keyboard, which would hide the results. */
  submit() {
    clearTimeout(this.timer);
    this.show();
    if (matchMedia("(pointer: coarse)").matches) this.field.blur();
  }

  show() {
    const query = this.field.value.trim();
    replace(this.list);
    replace(this.status);
    if (!query) return;
    const results = this.engine.find(query);
    if (!results.length) {
      replace(this.status, this.text.none);
      const allPages = el("a", {class: "mb-button mb-button--quiet", href: this.config.root + "search/#all"}, this.text.all);
      this.list.append(el("p", {}, this.text.none_try), allPages);
      return;
    }
    const place = this.placeSelect ? this.placeSelect.value : "";
    const ownPlaces = this.engine.placesOf(place);
    const rank = (/** @type {Found} */ {score, page}) => score * (page.placeId === place ? OWN : 1);
    const here = results.filter(({page}) => ownPlaces.has(page.placeId)).sort((a, b) => rank(b) - rank(a));
    const elsewhere = results.filter(({page}) => !ownPlaces.has(page.placeId));
    const name = this.placeSelect && place ? this.placeSelect.selectedOptions[0].textContent : "";
    const count = fill(this.text.found, {count: results.length});
    replace(this.status, place && !here.length ? fill(this.text.none_here, {place: name}) + " " + count : count);
    if (here.length) this.addList(name, here);
    if (elsewhere.length) this.addList(here.length ? this.text.elsewhere : "", elsewhere);
  }

  /** @param {string} heading @param {Found[]} results */
  addList(heading, results) {
    if (heading) this.list.append(el("h2", {class: "mb-search__group"}, heading));
    const list = el("ul", {class: "mb-search__list"});
    this.list.append(list);
    this.addEntries(list, results, 0);
  }

  /**
   * Append the next results to a list, and a button for more after it.
   *
   * @param {HTMLElement} list
   * @param {Found[]} results
   * @param {number} from
   */
  addEntries(list, results, from) {
    const next = results.slice(from, from + this.config.step);
    next.forEach((result) => list.append(this.entry(result)));
    if (from) /** @type {HTMLElement} */ (list.children[from].querySelector("a")).focus();
    if (from + next.length >= results.length) return;
    const onclick = () => {
      more.remove();
      this.addEntries(list, results, from + next.length);
    };
    const more = el("button", {type: "button", class: "mb-button mb-button--quiet", onclick}, this.text.more);
    list.after(more);
  }

  /** @param {Found} found */
  entry({page, terms}) {
    const where = page.place || this.text.kinds[page.kind];
    return el("li", {},
      el("a", {href: this.config.root + page.address}, this.marked(page.title, terms)),
      page.mark ? el("span", {class: "mb-mark"}, page.mark) : null,
      where ? el("span", {class: "mb-search__where"}, where) : null,
      page.summary ? el("span", {class: "mb-search__line"}, this.marked(page.summary, terms)) : null);
  }

  /** A text with the found words marked. @param {string} text @param {string[]} terms */
  marked(text, terms) {
    if (words(text).length > 1) return words(text); // a text in a fallback language gets no marks
    const nodes = [];
    let at = 0;
    for (const [start, end] of this.engine.marks(text, terms)) {
      nodes.push(text.slice(at, start), el("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...nodes, text.slice(at)];
  }

  /**
   * Move through field and results with the arrow keys; Escape leads back to the field.
   *
   * @param {KeyboardEvent} event
   */
  walk(event) {
    const down = event.key === "ArrowDown";
    if ((!down && event.key !== "ArrowUp" && event.key !== "Escape") || event.isComposing) return;
    const stops = [this.field, ...this.list.querySelectorAll("a, button")];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0 || (event.key === "Escape" && at === 0)) return;
    const next = event.key === "Escape" ? this.field : stops[at + (down ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function savedPlace() {
  try {
    return sessionStorage.getItem(KEY) || "";
  } catch (_) {
    return "";
  }
}

/** @param {string} place */
function savePlace(place) {
  try {
    if (place) sessionStorage.setItem(KEY, place);
    else sessionStorage.removeItem(KEY);
  } catch (_) {
    // storage is blocked: the choice lasts as long as the page
  }
}
