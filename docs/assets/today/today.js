// @ts-check
// Elements that apply only in a period have it as data-mb-from and data-mb-to. This script sets data-mb-is to "past",
// "now" or "ahead", and styles show it. Today is the date in China, whatever the device's time zone: UTC+8 all year.
// A preview has a date of its own.

const DAY_MS = 24 * 3600 * 1000;
const AHEAD_OF_UTC_MS = 8 * 3600 * 1000;
const LONGEST_WAIT_MS = 3600 * 1000; // timers do not run while a device sleeps
const root = document.documentElement;
const metaContent = (/** @type {string} */ name) => {
  /** @type {HTMLMetaElement | null} */
  const meta = document.querySelector("meta[name=mingbai-" + name + "]");
  return meta ? meta.content : "";
};
const preview = metaContent("preview");
const known = metaContent("known"); // the day of the build: a clock that shows an earlier day is wrong

function today() {
  if (preview) return preview;
  const day = new Date(Date.now() + AHEAD_OF_UTC_MS).toISOString().slice(0, 10);
  return day < known ? known : day;
}

/** On a page with several versions of a policy, move the one in force today to the top of each section. */
function arrange() {
  for (const end of document.querySelectorAll(".mb-held-end")) {
    const siblings = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (end.parentElement).children]);
    const strips = siblings.filter((child) => child.matches(".mb-held"));
    const first = strips.find((strip) => strip.dataset.mbIs !== "past");
    if (!first || first === strips[0]) continue;
    const elements = [first];
    const nextOf = (/** @type {Element} */ element) => /** @type {HTMLElement} */ (element.nextElementSibling);
    for (let next = nextOf(first); next !== end && !next.matches(".mb-held"); next = nextOf(next)) elements.push(next);
    strips[0].before(...elements);
  }
}

function mark() {
  const day = today();
  root.dataset.mbToday = day;
  /** @type {NodeListOf<HTMLElement>} */
  const dated = document.querySelectorAll("[data-mb-from], [data-mb-to]");
  for (const element of dated) {
    const {mbFrom: from, mbTo: to} = element.dataset;
    element.dataset.mbIs = from && day < from ? "ahead" : to && day > to ? "past" : "now";
  }
  arrange();
}

/** Mark again on another day. */
function update() {
  if (root.dataset.mbToday !== today()) mark();
}

/** Mark again after midnight. */
function wait() {
  const left = DAY_MS - ((Date.now() + AHEAD_OF_UTC_MS) % DAY_MS);
  setTimeout(() => {
    update();
    wait();
  }, Math.min(left + 1000, LONGEST_WAIT_MS));
}

document.addEventListener("visibilitychange", update);
mark();
wait();
