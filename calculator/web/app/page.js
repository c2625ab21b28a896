// @ts-check
// The page's own data: settings, texts of the catalogue, and the chosen place.

import {fill, isolated, standsIn} from "../shared/dom.js";

/** @import {Config, Names, Page, Texts} from "../../../types/estimator" */

/** Read the page's data block: {config, text, lang, place, reading, bundle, form, say(names), day(iso)}. @returns {Page} */
export function readPage() {
  const {config, text} = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("mingbai-ui")).textContent);
  standsIn(config.instead[0]);
  return {
    config,
    text,
    lang: config.lang,
    reading: JSON.parse(/** @type {HTMLElement} */ (document.getElementById("mingbai-reading")).textContent || ""),
    place: "",
    bundle: /** @type {any} */ (null), // the rules of the place, once they are loaded
    form: /** @type {any} */ (null), // the questions of the place
    say: (names) => (names ? names[config.lang] || fallbackText(config, names) : ""),
    day: (iso) => dayOf(text.mark, iso),
  };
}

/**
 * Format `2016-03-01` as the pages do, such as `2016年3月1日`; `mark` has the formats.
 *
 * @param {Texts} mark
 * @param {string} iso
 */
export function dayOf(mark, iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return fill(mark.day, {year, month: mark.months[month], day});
}

/** The text in a fallback language where there is no translation. @param {Config} config @param {Names} names */
function fallbackText(config, names) {
  const fallback = config.instead.find(({id}) => names[id]);
  return isolated(fallback ? names[fallback.id] : names.zh);
}
