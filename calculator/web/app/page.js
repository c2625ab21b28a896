// @ts-check
// The page's own data: settings, texts of the catalogue, and the chosen place.

import {fill, isolated, standsIn} from "../shared/dom.js";

/** Read the page's data block: {config, text, lang, place, bundle, form, say(names), day(iso)}. */
export function readPage() {
  const {config, text} = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("mingbai-ui")).textContent);
  standsIn(config.instead[0]);
  return {
    config,
    text,
    lang: config.lang,
    place: "",
    bundle: null, // the rules of the place, once they are loaded
    form: null, // the questions of the place
    say: (names) => (names ? names[config.lang] || fallbackText(config, names) : ""),
    day: (iso) => dayOf(text.mark, iso),
  };
}

/** Format `2016-03-01` as the pages do, such as `2016年3月1日`; `mark` has the formats. */
export function dayOf(mark, iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return fill(mark.day, {year, month: mark.months[month], day});
}

/** The text in a fallback language where there is no translation. */
function fallbackText(config, names) {
  const fallback = config.instead.find(({id}) => names[id]);
  return isolated(fallback ? names[fallback.id] : names.zh);
}
