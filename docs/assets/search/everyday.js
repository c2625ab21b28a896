// @ts-check
// Everyday phrases, which the pages do not use, and the words of the pages that they mean.

export const HAN = /[\u3400-\u9fff]/;
const ENOUGH = 0.6; // part of a phrase's words that must match: one alone, such as 补助, is on a hundred pages
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** @typedef {typeof import("minisearch").default} MiniSearch */
/** @typedef {{words: string[], weight: number, enough: number}} Meaning `enough`: so many of the words a page must have */
/** @typedef {{id: number, text: string, parts: string[], group: Meaning[]}} Phrase */

export class Everyday {
  /**
   * @param {MiniSearch} MiniSearch
   * @param {Array<[string[], string[], number]>} groups [phrases, meanings, weight]
   * @param {Set<string>} stop the stop phrases
   * @param {(text: string) => string[]} words as in SearchEngine
   * @param {(text: string) => string} normal as in SearchEngine
   */
  constructor(MiniSearch, groups, stop, words, normal) {
    /** @type {Phrase[]} */ this.phrases = [];
    groups.forEach(([says, means, weight]) => {
      const phrases = means.map((phrase) => words(phrase).filter((word) => word.length > 1 && !stop.has(word)));
      const group = phrases.map((list) => ({words: list, weight, enough: Math.ceil(list.length * ENOUGH)}));
      says.forEach((phrase) => this.phrases.push({id: 0, text: normal(phrase), parts: normal(phrase).split("…"), group}));
    });
    this.phrases.sort((a, b) => b.text.length - a.text.length);
    this.phrases.forEach((phrase, id) => (phrase.id = id));
    this.words = words;
    this.spelled = new MiniSearch({fields: ["text"], tokenize: words, processTerm: (term) => term});
    this.spelled.addAll(this.phrases.filter((phrase) => !HAN.test(phrase.text)));
  }

  /** The phrases that a query means. @param {string} text @param {string} rest */
  meant(text, rest) {
    const phrases = [...this.written(text.replace(/\s/g, "")), ...this.typed(rest)];
    return phrases.flatMap((phrase) => phrase.group);
  }

  /** Chinese phrases in the query, without those inside a longer one. @param {string} text */
  written(text) {
    /** @type {Array<[number, number]>} */ const spans = [];
    return this.phrases.filter((phrase) => {
      if (!HAN.test(phrase.text)) return false;
      const [at, end] = within(text, phrase.parts);
      if (at < 0 || spans.some(([from, to]) => from <= at && end <= to && to - from > end - at)) return false;
      spans.push([at, end]);
      return true;
    });
  }

  /** Phrases whose words are all in the query, perhaps misspelt, without those inside a longer one. @param {string} text */
  typed(text) {
    const words = this.words(text).filter((word) => !HAN.test(word));
    if (!words.length) return [];
    const hits = this.spelled.search(words.join(" "), {fuzzy: (word) => (word.length > 4 ? 0.2 : false), maxFuzzy: 2});
    /** @type {string[][]} */ const used = [];
    return hits
      .map((hit) => ({phrase: this.phrases[hit.id], words: hit.queryTerms}))
      .filter((hit) => hit.words.length >= new Set(this.words(hit.phrase.text)).size)
      .sort((a, b) => b.words.length - a.words.length)
      .filter((hit) => {
        if (used.some((longer) => longer.length > hit.words.length && hit.words.every((word) => longer.includes(word)))) {
          return false;
        }
        used.push(hit.words);
        return true;
      })
      .map((hit) => hit.phrase);
  }
}

/** The range [start, end] of a text that has the parts of a phrase in order; [-1, -1] if there is none. @param {string} text @param {string[]} parts */
function within(text, parts) {
  let start = -1;
  let end = 0;
  for (const part of parts) {
    const at = text.indexOf(part, end);
    if (at < 0) return [-1, -1];
    if (start < 0) start = at;
    end = at + part.length;
  }
  return [start, end];
}

/**
 * The position of a phrase in a text; a phrase of letters must match complete words.
 *
 * @param {string} text
 * @param {string} phrase
 * @param {number} from
 */
export function find(text, phrase, from) {
  let at = text.indexOf(phrase, from);
  if (HAN.test(phrase)) return at;
  const inside = (/** @type {string | undefined} */ character) => character && LETTER.test(character) && !HAN.test(character);
  while (at >= 0 && (inside(text[at - 1]) || inside(text[at + phrase.length]))) at = text.indexOf(phrase, at + 1);
  return at;
}
