// @ts-check
// Amounts, names and sources of a result in words, from the bundle or the catalogue.

import {el, fill} from "../shared/dom.js";
import {showMoney} from "../shared/numbers.js";

/** @import {Amount, Entry, Page, Place} from "../../../types/estimator" */

/** @typedef {Amount} Range a range of yuan; `high` is null for no upper bound */

/**
 * A range in words: an amount, two amounts, or at least an amount.
 *
 * @param {Record<string, string>} text the catalogue's words about results
 * @param {Range | null} range
 * @returns {string}
 */
export function amountOf(text, range) {
  if (!range) return text.no_amount;
  const low = showMoney(range.low);
  if (range.high === null && Number(range.low) === 0) return text.open;
  if (range.high === null) return fill(text.money_at_least, {low});
  if (range.low === range.high) return fill(text.money, {amount: low});
  return fill(text.money_range, {low, high: showMoney(range.high)});
}

/**
 * A sum in words; where nothing of it is known for sure, at most how much, and no zero.
 *
 * @param {Record<string, string>} text
 * @param {Range | null} range
 */
export function sumOf(text, range) {
  if (!range || Number(range.low) || !range.high || !Number(range.high)) return amountOf(text, range);
  return fill(text.sum_up_to, {amount: amountOf(text, {low: range.high, high: range.high})});
}

/**
 * A part of a bill in words, or that it is still open.
 *
 * @param {Record<string, string>} text
 * @param {Range | null} range
 * @param {Range | null} total the whole bill
 */
export function partOf(text, range, total) {
  return isUninformative(range, total) ? text.open : amountOf(text, range);
}

/**
 * Whether a range is uninformative: from zero to the whole bill.
 *
 * @param {Range | null | undefined} range
 * @param {Range | null | undefined} total the whole bill
 */
export function isUninformative(range, total) {
  if (!range || !total) return false;
  return Number(range.low) === 0 && Number(total.low) > 0 && (range.high === null || Number(range.high) >= Number(total.low));
}

/** Texts of one place in one language. */
export class Words {
  /**
   * @param {Page} page
   * @param {Place} place
   */
  constructor(page, place) {
    this.page = page;
    this.place = place;
    this.text = page.text.result;
  }

  /** @param {Range | null} range */
  amount(range) {
    return amountOf(this.text, range);
  }

  /** @param {Range | null} range @param {Range | null} total the whole bill */
  within(range, total) {
    return partOf(this.text, range, total);
  }

  /** @param {string} id */
  payer(id) {
    return this.page.say(this.page.bundle.terms.payers[id]);
  }

  /** @param {string} id */
  fact(id) {
    return this.page.say(this.page.bundle.facts[id].name);
  }

  /** The version of the policy that an entry of a result refers to. @param {Entry} entry */
  version({policy, version}) {
    const versions = this.place.policies[policy.split("/")[1]] || [];
    return versions.find(({id}) => id === version);
  }

  /** @param {Entry} item */
  summary(item) {
    const version = this.version(item);
    return version ? this.page.say(version.summary) : "";
  }

  /** @param {Entry} item */
  title(item) {
    const version = this.version(item);
    return item.title || (version && this.page.say(version.title)) || item.policy;
  }

  /**
   * A policy's title, as a link to its page or a section of it if there are pages.
   *
   * @param {Entry} item
   * @param {string} [section]
   */
  linked(item, section = "") {
    const {config} = this.page;
    const title = this.title(item);
    return config.policy_url ? el("a", {href: config.policy_url + item.policy + "/" + section}, title) : title;
  }

  /** The lines of documents that an entry is based on, as links to the page of sources. @param {Entry} item */
  sources(item) {
    const {say, bundle, config} = this.page;
    return (item.source || []).map((source) => {
      const document = bundle.sources && bundle.sources[source.document];
      const lines = [...new Set(source.lines)].join("–");
      const certainty = source.certainty === "stated" || !bundle.terms.certainty ? "" : say(bundle.terms.certainty[source.certainty]);
      const words = fill(this.text.source, {title: document ? say(document.title) : source.document, lines}) +
        (certainty ? fill(this.page.text.in_brackets, {note: certainty}) : "");
      return config.policy_url && document ? el("a", {href: config.policy_url + "sources/#" + source.document}, words) : words;
    });
  }

  /** A sentence on the state of a version; "" if it is simply in force. @param {Entry} item */
  state(item) {
    if (item.state === "in_force" || !item.state) return "";
    return this.page.say(this.page.bundle.terms.states[item.state]);
  }
}
