// @ts-check
// What is shown below the field: one's own place first, words marked, to be walked through with the arrow keys.
import {el, fill, replace, standsIn, words} from "../../../calculator/web/shared/dom.js";

const PAUSE = 200; // milliseconds after the last letter
const KEPT = "mingbai-place";
const OWN = 3; // how much more one's own place weighs than the places above it

export class Results {
  constructor(box, engine, config) {
    this.engine = engine;
    this.config = config;
    this.text = config.text;
    standsIn(config.instead[0]);
    this.field = box.querySelector("input");
    this.choice = box.querySelector("select");
    this.said = box.querySelector(".mb-search__said");
    this.found = box.querySelector(".mb-search__found");
    if (this.choice) {
      this.choice.value = remembered();
      if (this.choice.selectedIndex < 0) this.choice.value = "";
      this.choice.addEventListener("change", () => {
        remember(this.choice.value);
        this.show();
      });
      this.choice.closest(".mb-search__place").hidden = false;
    }
    this.field.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      if (!event.isComposing) this.timer = setTimeout(() => this.show(), PAUSE);
    });
    this.field.addEventListener("compositionend", () => this.show());
    box.addEventListener("keydown", (event) => this.walk(event));
    if (this.field.value.trim()) this.show();
  }

  /** The button or Enter: the keyboard of a phone would hide what is found. */
  submit() {
    clearTimeout(this.timer);
    this.show();
    if (matchMedia("(pointer: coarse)").matches) this.field.blur();
  }

  show() {
    const query = this.field.value.trim();
    replace(this.found);
    replace(this.said);
    if (!query) return;
    const found = this.engine.find(query);
    if (!found.length) {
      replace(this.said, this.text.none);
      const all = el("a", {class: "mb-button mb-button--quiet", href: this.config.root + "search/#all"}, this.text.all);
      this.found.append(el("p", {}, this.text.none_try), all);
      return;
    }
    const place = this.choice ? this.choice.value : "";
    const own = this.engine.placesOf(place);
    const rank = (each) => each.score * (each.page.placeId === place ? OWN : 1);
    const here = found.filter((each) => own.has(each.page.placeId)).sort((a, b) => rank(b) - rank(a));
    const elsewhere = found.filter((each) => !own.has(each.page.placeId));
    const name = place ? this.choice.selectedOptions[0].textContent : "";
    const count = fill(this.text.found, {count: found.length});
    replace(this.said, place && !here.length ? fill(this.text.none_here, {place: name}) + " " + count : count);
    if (here.length) this.list(name, here);
    if (elsewhere.length) this.list(here.length ? this.text.elsewhere : "", elsewhere);
  }

  list(heading, found) {
    if (heading) this.found.append(el("h2", {class: "mb-search__group"}, heading));
    const list = el("ul", {class: "mb-search__list"});
    this.found.append(list);
    this.add(list, found, 0);
  }

  /** Put the next results into a list, and below it a button for those after them. */
  add(list, found, from) {
    const next = found.slice(from, from + this.config.step);
    next.forEach((each) => list.append(this.entry(each)));
    if (from) list.children[from].querySelector("a").focus();
    if (from + next.length >= found.length) return;
    const onclick = () => {
      more.remove();
      this.add(list, found, from + next.length);
    };
    const more = el("button", {type: "button", class: "mb-button mb-button--quiet", onclick}, this.text.more);
    list.after(more);
  }

  entry({page, terms}) {
    const where = page.place || this.text.kinds[page.kind];
    return el("li", {},
      el("a", {href: this.config.root + page.address}, this.marked(page.title, terms)),
      where ? el("span", {class: "mb-search__where"}, where) : null,
      page.summary ? el("span", {class: "mb-search__line"}, this.marked(page.summary, terms)) : null);
  }

  /** A text with the words that were found marked. */
  marked(text, terms) {
    if (words(text).length > 1) return words(text); // another language stands in; who cannot read it needs no marks
    const made = [];
    let at = 0;
    for (const [start, end] of this.engine.marks(text, terms)) {
      made.push(text.slice(at, start), el("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...made, text.slice(at)];
  }

  walk(event) {
    const down = event.key === "ArrowDown";
    if ((!down && event.key !== "ArrowUp" && event.key !== "Escape") || event.isComposing) return;
    const stops = [this.field, ...this.found.querySelectorAll("a, button")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0 || (event.key === "Escape" && at === 0)) return;
    const next = event.key === "Escape" ? this.field : stops[at + (down ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(KEPT) || "";
  } catch (_) {
    return "";
  }
}

function remember(place) {
  try {
    if (place) sessionStorage.setItem(KEPT, place);
    else sessionStorage.removeItem(KEPT);
  } catch (_) {
    // a browser that keeps nothing: the choice lasts as long as the page
  }
}
