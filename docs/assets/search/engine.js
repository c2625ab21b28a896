// @ts-check
// Full-text search in the index of one language, in the page. Everyday phrases, stop phrases and Traditional characters
// come with the index (generator/mingbai/pages/data/search_index.py).

import {Everyday, HAN, find} from "./everyday.js";

/** @typedef {[string, string, number, string, string, string, string, string, string]} Row as search_index.py writes a page */

/**
 * @typedef {object} Data The index of one language.
 * @property {[string, string]} traditional characters, and the simplified ones in their place
 * @property {string[]} stop
 * @property {Array<[string[], string[], number]>} groups
 * @property {Row[]} pages
 * @property {Array<[string, string, string, number]>} places id, name, region, and the index of the place above it
 *
 * @typedef {ReturnType<SearchEngine["page"]>} Page
 * @typedef {{page: Page, terms: string[], score: number, halfTyped: boolean}} Found
 */

const SLICE = 40; // pages per step while the index is built
const FIELDS = {title: 4, initials: 3, place: 3, other: 2, region: 1, summary: 1.2, more: 0.6};
/** @type {Record<string, number>} */
const KINDS = {policy: 1, place: 0.7, topic: 0.6, term: 0.5, page: 0.6, empty: 0.2};
const STOPPED = 0.05, LONE = 0.3, MEANT = 0.7; // weights of words, where a typed word has 1
const NAMED = 1.6; // factor for a page whose place is named in the query
const WORST = 0.04; // least part of the best score, unless half of the typed words match
const PIECES = /[\u3400-\u9fff]+|[0-9][0-9,]*|(?:(?![\u3400-\u9fff])[\p{L}\p{M}'’])+/gu;

export class SearchEngine {
  /** @param {typeof import("minisearch").default} MiniSearch @param {Data} data */
  constructor(MiniSearch, data) {
    this.data = data;
    /** @type {Map<number, string> | null} */ this.short = null;
    /** @type {Map<string, string>} */ this.traditional = new Map();
    const [from, to] = data.traditional;
    for (let i = 0; i < from.length; i++) this.traditional.set(from[i], to[i]);
    this.stop = data.stop.map((phrase) => this.normal(phrase)).sort((a, b) => b.length - a.length);
    const stop = new Set(this.stop);
    this.everyday = new Everyday(MiniSearch, data.groups, stop, (text) => this.words(text), (text) => this.normal(text));
    this.pages = data.pages.map((row, id) => this.page(row, id));
    this.index = new MiniSearch({
      fields: Object.keys(FIELDS),
      tokenize: (text) => this.words(text),
      processTerm: (term) => term,
    });
  }

  /** Build the index a few pages at a time, so that typing stays smooth. */
  prepare() {
    return this.index.addAllAsync(this.pages, {chunkSize: SLICE});
  }

  /** @param {Row} row @param {number} id */
  page([address, kind, place, title, summary, more, other, initials, mark], id) {
    const [placeId, name, region] = place < 0 ? ["", "", ""] : this.data.places[place];
    const short = kind === "policy" ? this.shortPlace(place) : "";
    return {
      id, address, kind, title, summary, more, other, mark, placeId, region,
      place: name,
      initials: short ? `${initials} ${short} ${short}${initials}` : initials,
    };
  }

  /** The initials of a place. @param {number} place */
  shortPlace(place) {
    if (!this.short) {
      this.short = new Map();
      for (const row of this.data.pages) if (row[1] === "place") this.short.set(row[2], row[7]);
    }
    return this.short.get(place) || "";
  }

  /** Lower case, half-width, simplified; of the same length as the text, so that positions stay valid. @param {string} text */
  normal(text) {
    let result = "";
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const plain = code > 0xff00 && code < 0xff5f ? String.fromCharCode(code - 0xfee0) : text[i];
      const lower = plain.toLowerCase();
      result += this.traditional.get(plain) || (lower.length === 1 ? lower : plain);
    }
    return result;
  }

  /** Words of a text; of Chinese each pair of neighbouring characters, and the last one alone. @param {string} text */
  words(text) {
    const words = [];
    for (const piece of this.normal(text).match(PIECES) || []) {
      if (!HAN.test(piece)) {
        words.push(piece.replace(/['’,]/g, ""));
        continue;
      }
      for (let i = 0; i < piece.length; i++) words.push(piece.substr(i, 2));
    }
    return words;
  }

  /** Parse a query: words with their weights, those that were typed, and the phrases that it means. @param {string} query */
  parse(query) {
    const text = this.normal(query);
    /** @type {Map<string, number>} */ const weights = new Map();
    const add = (/** @type {string} */ term, /** @type {number} */ weight) => weights.set(term, Math.max(weight, weights.get(term) || 0));
    const rest = this.withoutStopPhrases(text);
    const lone = rest.replace(/[^\u3400-\u9fff0-9\p{L}]/gu, "").length === 1;
    for (const piece of rest.match(PIECES) || []) {
      const terms = this.words(piece);
      if (HAN.test(piece) && piece.length > 1) terms.pop();
      terms.forEach((term) => add(term, HAN.test(term) && term.length === 1 && !lone ? LONE : 1));
    }
    const onlyStopPhrases = weights.size === 0;
    for (const piece of text.match(PIECES) || []) {
      const terms = this.words(piece);
      if (HAN.test(piece) && piece.length > 1) terms.pop();
      terms.forEach((term) => add(term, onlyStopPhrases ? 1 : STOPPED));
    }
    const typed = new Set(weights.keys());
    const meant = this.everyday.meant(text, rest);
    for (const phrase of meant) phrase.words.forEach((term) => add(term, MEANT * phrase.weight));
    return {weights, typed, meant};
  }

  /** The query with stop phrases replaced by spaces. @param {string} text */
  withoutStopPhrases(text) {
    let left = text;
    for (const phrase of this.stop) {
      for (let at = find(left, phrase, 0); at >= 0; at = find(left, phrase, at + phrase.length)) {
        left = left.slice(0, at) + " ".repeat(phrase.length) + left.slice(at + phrase.length);
      }
    }
    return left;
  }

  /** The matching pages, best first. @param {string} query @returns {Found[]} */
  find(query) {
    const {weights, typed, meant} = this.parse(query);
    const terms = [...weights.keys()];
    if (!terms.length) return [];
    const matches = this.index.search(terms.join(" "), {
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      boost: FIELDS,
      boostTerm: (term) => weights.get(term) || 0,
      boostDocument: (id) => KINDS[this.pages[id].kind],
      prefix: (term) => (HAN.test(term) ? term.length === 1 : term.length > 1),
      fuzzy: (term) => (!HAN.test(term) && term.length > 4 ? 0.2 : false),
      maxFuzzy: 2,
    });
    const sum = (/** @type {string[]} */ some) => some.reduce((all, term) => all + (weights.get(term) || 0), 0);
    // MiniSearch multiplies by the number of words found; here each word found counts by its weight.
    const rated = matches.map((match) => {
      const hit = new Set(match.queryTerms);
      const fits = meant.filter((phrase) => phrase.words.filter((term) => hit.has(term)).length >= phrase.enough);
      const counted = new Set(fits.flatMap((phrase) => phrase.words));
      const covered = sum(match.queryTerms.filter((term) => typed.has(term) || counted.has(term)));
      const placeNamed = match.terms.some((term) => HAN.test(term) && term.length > 1 && match.match[term].includes("place"));
      const score = covered && (match.score / match.terms.length) * (0.5 + covered) * (placeNamed ? NAMED : 1);
      const halfTyped = sum(match.queryTerms.filter((term) => typed.has(term))) >= sum([...typed]) / 2;
      return {page: this.pages[match.id], terms: match.terms, score, halfTyped};
    });
    rated.sort((a, b) => b.score - a.score || a.page.id - b.page.id);
    return rated.filter(({score, halfTyped}) => score > 0 && (halfTyped || score >= rated[0].score * WORST));
  }

  /** A place and the places above it, whose rules apply there too. @param {string} id */
  placesOf(id) {
    /** @type {Set<string>} */ const places = new Set();
    let index = this.data.places.findIndex((place) => place[0] === id);
    while (index >= 0 && !places.has(this.data.places[index][0])) {
      places.add(this.data.places[index][0]);
      index = this.data.places[index][3];
    }
    return places;
  }

  /** The positions of the found words in a text: [start, end] pairs. @param {string} text @param {string[]} terms */
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
