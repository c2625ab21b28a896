// @ts-check
// What the page brings along: its settings, its words, and the place that was chosen.

import {fill, isolated, standsIn} from "../shared/dom.js";

/** Read the page's data block: {config, text, lang, place, bundle, form, say(names), day(iso)}. */
export function readPage() {
  const {config, text} = JSON.parse(document.getElementById("mingbai-ui").textContent);
  standsIn(config.instead[0]);
  return {
    config,
    text,
    lang: config.lang,
    place: "",
    bundle: null, // the place's rules, once they are here
    form: null, // what is asked in the place
    say: (names) => (names ? names[config.lang] || standIn(config, names) : ""),
    day: (iso) => dayOf(text.mark, iso),
  };
}

/** `2016-03-01` as the pages write it: `2016年3月1日`; `mark` are their words for it. */
export function dayOf(mark, iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return fill(mark.day, {year, month: mark.months[month], day});
}

/** What stands in for a text that is not translated. */
function standIn(config, names) {
  const found = config.instead.find(({id}) => names[id]);
  return isolated(found ? names[found.id] : names.zh);
}
