// @ts-check
// What holds on some days only carries them (data-mb-from, data-mb-to); here it is marked whether today is one of them
// (data-mb-is), and styles show it. Today is the day in China, whatever the phone's zone: one time for the whole
// country, eight hours ahead of UTC, without a summer time. A preview brings its own day.
"use strict";
(() => {
  const AHEAD_OF_UTC_MS = 8 * 3600 * 1000;
  const LONGEST_WAIT_MS = 3600 * 1000; // a phone that sleeps does not count
  const root = document.documentElement;
  const said = (name) => {
    /** @type {HTMLMetaElement} */
    const meta = document.querySelector("meta[name=mingbai-" + name + "]");
    return meta ? meta.content : "";
  };
  const preview = said("preview");
  const known = said("known"); // on this day the site was there already: a clock that is earlier is wrong

  function today() {
    if (preview) return preview;
    const day = new Date(Date.now() + AHEAD_OF_UTC_MS).toISOString().slice(0, 10);
    return day < known ? known : day;
  }

  /** Put what holds today before what does not, part by part, where a page has several versions of a policy. */
  function arrange() {
    for (const end of document.querySelectorAll(".mb-held-end")) {
      const strips = /** @type {HTMLElement[]} */ ([...end.parentElement.children].filter((each) => each.matches(".mb-held")));
      const first = strips.find((strip) => strip.dataset.mbIs !== "past");
      if (!first || first === strips[0]) continue;
      const part = [first];
      for (let next = first.nextElementSibling; next !== end && !next.matches(".mb-held"); next = next.nextElementSibling) {
        part.push(/** @type {HTMLElement} */ (next));
      }
      strips[0].before(...part);
    }
  }

  function mark() {
    const day = today();
    root.dataset.mbToday = day;
    /** @type {NodeListOf<HTMLElement>} */
    const timed = document.querySelectorAll("[data-mb-from], [data-mb-to]");
    for (const element of timed) {
      const {mbFrom: from, mbTo: to} = element.dataset;
      element.dataset.mbIs = from && day < from ? "ahead" : to && day > to ? "past" : "now";
    }
    arrange();
  }

  /** Again when a new day has begun. */
  function wait() {
    const left = 24 * 3600 * 1000 - ((Date.now() + AHEAD_OF_UTC_MS) % (24 * 3600 * 1000));
    setTimeout(() => {
      if (root.dataset.mbToday !== today()) mark();
      wait();
    }, Math.min(left + 1000, LONGEST_WAIT_MS));
  }

  document.addEventListener("visibilitychange", () => root.dataset.mbToday !== today() && mark());
  mark();
  wait();
})();
