// @ts-check
// What is found: the index of one language, searched in the page. It knows no words of its own: everyday phrases,
// phrases that say nothing and Traditional characters come with the index (generator/mingbai/pages/data/search_index.py).

import {Everyday, HAN, find} from "./everyday.js";

const SLICE = 40; // pages between two breaths while the index is made
const FIELDS = {title: 4, initials: 3, place: 3, other: 2, region: 1, summary: 1.2, more: 0.6};
const KINDS = {policy: 1, place: 0.7, topic: 0.6, term: 0.5, page: 0.6, empty: 0.2};
const STOPPED = 0.05, LONE = 0.3, MEANT = 0.7; // weights of words beside those that were typed
const NAMED = 1.6; // how much more a page counts whose place is named in the query
const WORST = 0.04; // what has a smaller part of the best score is left out, unless it has half of what was typed
const PIECES = /[\u3400-\u9fff]+|[0-9][0-9,]*|(?:(?![\u3400-\u9fff])[\p{L}\p{M}'’])+/gu;

export class Engine {
  constructor(MiniSearch, data) {
    this.data = data;
    this.traditional = new Map();
    const [from, to] = data.traditional;
    for (let i = 0; i < from.length; i++) this.traditional.set(from[i], to[i]);
    this.stop = data.stop.map((phrase) => this.normal(phrase)).sort((a, b) => b.length - a.length);
    const read = [(text) => this.words(text), (text) => this.normal(text)];
    this.everyday = new Everyday(MiniSearch, data.groups, new Set(this.stop), ...read);
    this.pages = data.pages.map((row, id) => this.page(row, id));
    this.index = new MiniSearch({
      fields: Object.keys(FIELDS),
      tokenize: (text) => this.words(text),
      processTerm: (term) => term,
    });
  }

  /** Make the index, a few pages at a time, so that typing stays smooth. */
  prepare() {
    return this.index.addAllAsync(this.pages, {chunkSize: SLICE});
  }

  page([address, kind, place, title, summary, more, other, initials], id) {
    const [placeId, name, region] = place < 0 ? ["", "", ""] : this.data.places[place];
    const short = kind === "policy" ? this.shortPlace(place) : "";
    return {
      id, address, kind, title, summary, more, other, placeId, region,
      place: name,
      initials: short ? `${initials} ${short} ${short}${initials}` : initials,
    };
  }

  shortPlace(place) {
    if (!this.short) {
      this.short = new Map();
      for (const row of this.data.pages) if (row[1] === "place") this.short.set(row[2], row[7]);
    }
    return this.short.get(place) || "";
  }

  /** Small letters, half-width, simplified; as long as the text itself, so that places in it stay the same. */
  normal(text) {
    let made = "";
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const plain = code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : text[i];
      const lower = plain.toLowerCase();
      made += this.traditional.get(plain) || (lower.length === 1 ? lower : plain);
    }
    return made;
  }

  /** Words of a text: two neighbouring characters each, and the last one alone (so that every character begins one). */
  words(text) {
    const found = [];
    for (const piece of this.normal(text).match(PIECES) || []) {
      if (!HAN.test(piece)) {
        found.push(piece.replace(/['’,]/g, ""));
        continue;
      }
      for (let i = 0; i < piece.length; i++) found.push(piece.substr(i, 2));
    }
    return found;
  }

  /** What a query asks for: words with their weights, those typed, and phrases that it means. */
  asked(query) {
    const text = this.normal(query);
    const weights = new Map();
    const add = (term, weight) => weights.set(term, Math.max(weight, weights.get(term) || 0));
    const rest = this.without(text);
    const lone = rest.replace(/[^\u3400-\u9fff0-9\p{L}]/gu, "").length === 1;
    for (const piece of rest.match(PIECES) || []) {
      const terms = this.words(piece);
      if (HAN.test(piece) && piece.length > 1) terms.pop();
      terms.forEach((term) => add(term, HAN.test(term) && term.length === 1 && !lone ? LONE : 1));
    }
    const nothingElse = weights.size === 0;
    for (const piece of text.match(PIECES) || []) {
      const terms = this.words(piece);
      if (HAN.test(piece) && piece.length > 1) terms.pop();
      terms.forEach((term) => add(term, nothingElse ? 1 : STOPPED));
    }
    const typed = new Set(weights.keys());
    const meant = this.everyday.meant(text, rest);
    for (const phrase of meant) phrase.words.forEach((term) => add(term, MEANT * phrase.weight));
    return {weights, typed, meant};
  }

  /** The query with gaps where it says nothing. */
  without(text) {
    let left = text;
    for (const phrase of this.stop) {
      for (let at = find(left, phrase, 0); at >= 0; at = find(left, phrase, at + phrase.length)) {
        left = left.slice(0, at) + " ".repeat(phrase.length) + left.slice(at + phrase.length);
      }
    }
    return left;
  }

  /** Return the pages that fit, the best first: {page, score, terms}. */
  find(query) {
    const {weights, typed, meant} = this.asked(query);
    const terms = [...weights.keys()];
    if (!terms.length) return [];
    const found = this.index.search(terms.join(" "), {
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      boost: FIELDS,
      boostTerm: (term) => weights.get(term),
      boostDocument: (id) => KINDS[this.pages[id].kind],
      prefix: (term) => (HAN.test(term) ? term.length === 1 : term.length > 1),
      fuzzy: (term) => (!HAN.test(term) && term.length > 4 ? 0.2 : false),
      maxFuzzy: 2,
    });
    const sum = (some) => some.reduce((all, term) => all + weights.get(term), 0);
    // MiniSearch multiplies by the number of words found; here each word found counts as much as it weighs.
    const rated = found.map((each) => {
      const hit = new Set(each.queryTerms);
      const fits = meant.filter((phrase) => phrase.words.filter((term) => hit.has(term)).length >= phrase.enough);
      const counted = new Set([].concat(...fits.map((phrase) => phrase.words)));
      const covered = sum(each.queryTerms.filter((term) => typed.has(term) || counted.has(term)));
      const there = each.terms.some((term) => HAN.test(term) && term.length > 1 && each.match[term].includes("place"));
      const score = covered && (each.score / each.terms.length) * (0.5 + covered) * (there ? NAMED : 1);
      const asked = sum(each.queryTerms.filter((term) => typed.has(term))) >= sum([...typed]) / 2;
      return {page: this.pages[each.id], terms: each.terms, score, asked};
    });
    rated.sort((a, b) => b.score - a.score || a.page.id - b.page.id);
    return rated.filter((each) => each.score > 0 && (each.asked || each.score >= rated[0].score * WORST));
  }

  /** The chosen place and the places whose rules hold there too. */
  placesOf(id) {
    const own = new Set();
    let index = this.data.places.findIndex((place) => place[0] === id);
    while (index >= 0 && !own.has(this.data.places[index][0])) {
      own.add(this.data.places[index][0]);
      index = this.data.places[index][3];
    }
    return own;
  }

  /** Where the words that were found stand in a text: [start, end] pairs. */
  marks(text, terms) {
    const plain = this.normal(text);
    const spans = [];
    for (const term of terms) {
      for (let at = find(plain, term, 0); at >= 0; at = find(plain, term, at + term.length)) spans.push([at, at + term.length]);
    }
    const merged = [];
    for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  }
}
