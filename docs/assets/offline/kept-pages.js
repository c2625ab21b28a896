// @ts-check
// Shows what is stored on the device and since when, what has changed, and the button that stores a place.

import {el, fill, replace, standsIn} from "../../../calculator/web/shared/dom.js";

const DAY_MS = 86400000;
const STALE_DAYS = 30; // a copy that was not checked for longer says so
const KB_IN_MB = 1000;
const SNAPSHOT_CACHE = "mingbai-snapshot"; // as in calculator/web/engine/snapshot.js

/** @typedef {{folder: string, rules: string, base: string[], kit: string[], files: Record<string, [string, number, number?]>}} List */
/** @typedef {{instead: {lang: string, dir: string}[], text: Record<string, string>, places: Record<string, string>}} Words */

/**
 * @typedef {object} State What the service worker answers to the job "state".
 * @property {number} checked
 * @property {boolean} copy whether this page came from the store
 * @property {string} revision
 * @property {List} list of this language; undefined before anything is stored
 * @property {string[]} files the paths of all stored files
 * @property {Record<string, {starts: string[]}>} kept
 * @property {{from: string, to: string, fetched: string[]} | null} [news]
 * @property {number} [waiting]
 *
 * @typedef {{failed?: [string, string]} | undefined} Done
 * @typedef {(job: string, options?: object, onProgress?: (done: number) => void) => Promise<any>} Ask any: as the job
 * @typedef {{home: string, lang: string, box: HTMLElement, ask: Ask, state: State}} Context `box` may be null in `show`
 */

/** @type {Words} */ let words;

/** Load the texts of the language, from the network or the store. @param {{home: string, lang: string}} context */
async function loadWords({home, lang}) {
  if (words) return;
  words = await (await fetch(`${home}assets/offline/${lang}.json`)).json();
  standsIn(words.instead[0]);
}

/** @param {string} name @param {Record<string, string | number>} [figures] */
const say = (name, figures = {}) => fill(words.text[name], figures);
/** @param {number} kilobytes */
const megabytes = (kilobytes) => Math.max(kilobytes / KB_IN_MB, kilobytes ? 0.1 : 0).toFixed(1);
/** @param {string} path @param {string[]} starts */
const isUnder = (path, starts) => starts.some((start) => path.startsWith(start));
/** @param {List} list @param {string[]} paths */
const size = (list, paths) => paths.reduce((sum, path) => sum + list.files[path][1], 0);

/** @param {string} text @param {() => unknown} action @param {boolean} [quiet] */
function button(text, action, quiet) {
  return el("button", {type: "button", class: quiet ? "mb-button mb-button--quiet" : "mb-button", onclick: action}, text);
}

/** How many days ago, in words; unknown if the clock is wrong. @param {number} when */
function ago(when) {
  const days = Math.floor((Date.now() - when) / DAY_MS);
  if (!when || Date.now() < when) return say("unknown_day");
  return days > 1 ? say("days_ago", {days}) : say(days ? "yesterday" : "today");
}

/** Why storing failed, as in the keys of the texts. @param {[string, string]} error */
const failureReason = ([name, message]) => (name === "QuotaExceededError" ? "full" : message === "changed" ? message : "network");

/** @param {string} text */
const small = (text) => el("p", {class: "mb-small"}, text);
/** @param {string} href @param {string} text */
const anchor = (href, text) => el("a", {href}, text);
/** @param {string} href @param {string} text */
const link = (href, text) => el("p", {}, anchor(href, text));

/**
 * Show the notice above the page: an update, or an old copy.
 *
 * @param {string} home
 * @param {State} state
 * @param {Ask} ask
 * @param {() => void} refresh
 */
function showNotice(home, state, ask, refresh) {
  const previous = document.querySelector(".mb-offline");
  if (previous) previous.remove();
  /** @type {HTMLElement[]} */ const elements = [];
  const {checked, copy, list, news, waiting} = state;
  if (copy && !document.querySelector("[data-mb-kept]")) {
    const isStale = Date.now() - checked > STALE_DAYS * DAY_MS;
    const date = new Date(checked).toLocaleDateString(document.documentElement.lang, {dateStyle: "long"});
    elements.push(isStale ? el("p", {}, say("stale", {date})) : small(say("from_phone", {checked: ago(checked)})));
  }
  const changed = news && list ? places(state).filter(([, starts]) => news.fetched.some((path) => isUnder(path, starts))) : [];
  if (news && changed.length) {
    elements.push(el("p", {}, say("news", {old: news.from, new: news.to})));
    for (const [place] of changed) {
      const folder = list.folder + place + "/";
      const changes = folder + "changes/";
      const hasPage = changes in list.files;
      elements.push(link(home + (hasPage ? changes : folder), say(hasPage ? "news_changes" : "news_pages", {place: words.places[place]})));
    }
    elements.push(button(say("seen"), () => ask("seen").then(refresh), true));
  }
  if (waiting) {
    elements.push(el("p", {}, say("waiting", {size: megabytes(waiting)})));
    elements.push(button(say("update"), () => ask("check", {force: 1, most: Infinity}).then(refresh), true));
  }
  if (!elements.length) return;
  const urgent = changed.length || waiting || elements[0].className === "";
  /** @type {HTMLElement} */ (document.getElementById("main")).prepend(el("div", {class: urgent ? "mb-offline mb-note" : "mb-offline"}, elements));
}

/** The places that are stored in this language, each with the prefixes of its own paths. @param {Pick<State, "kept" | "list">} state @returns {Array<[string, string[]]>} */
function places({kept, list}) {
  const names = Object.keys(kept).map((name) => name.split(" "));
  return names.filter(([, folder]) => folder === list.folder).map(([place]) => [place, startsOf(place, list)]);
}

/** @param {string} place @param {List} list */
const startsOf = (place, list) => [list.folder + place + "/", list.rules + place + ".json"];

/** Show the box with the button that stores or removes a place. @param {Context} context @param {State} state */
function showKeepBox(context, state) {
  const {box, ask} = context;
  const {list, revision, checked, kept} = state;
  const select = /** @type {HTMLSelectElement} */ (document.getElementById("mbe-place"));
  const place = box.dataset.mbKeep || (select ? select.value : "");
  if (select && !box.dataset.mbHears) {
    box.dataset.mbHears = "yes";
    select.addEventListener("change", () => refresh(context));
  }
  replace(box);
  box.hidden = !list || !place || !(place in words.places);
  if (box.hidden) return;
  const placeName = words.places[place];
  const name = `${place} ${list.folder}`;
  const starts = startsOf(place, list).concat(list.kit);
  const there = new Set(state.files);
  const paths = Object.keys(list.files).filter((path) => isUnder(path, starts));
  const missing = paths.filter((path) => !there.has(path));
  const total = size(list, missing);
  const status = el("p", {role: "status"});
  const needed = megabytes(total);
  const keepLabel = say("keep", {place: placeName, size: needed});
  const bar = el("progress", {hidden: true, "aria-label": keepLabel});

  const keep = async () => {
    keepButton.hidden = true;
    bar.hidden = false;
    const showProgress = (/** @type {number} */ done) => {
      const kilobytes = Math.min(done, total);
      bar.value = total ? kilobytes / total : 1;
      replace(status, say("saving", {done: megabytes(kilobytes), total: needed}));
    };
    showProgress(0);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    const before = size(list, paths.filter((path) => there.has(path)));
    /** @type {Done} */ const result = await ask("keep", {name, starts}, (done) => showProgress(Math.max(0, done - before)));
    await refresh(context, result && result.failed && say("fail_" + failureReason(result.failed)));
  };
  const remove = async () => {
    const others = Object.keys(kept).filter((other) => other !== name).map((other) => kept[other].starts);
    const neededStarts = others.flat();
    const gone = paths.filter((path) => !list.base.includes(path) && !isUnder(path, neededStarts));
    await ask("remove", {name, gone});
    if (!others.length) await caches.delete(SNAPSHOT_CACHE);
    await refresh(context, say("removed"));
  };
  const isKept = name in kept;
  const keepButton = button(isKept ? say("go_on", {size: needed}) : keepLabel, keep, !isKept);
  if (isKept && !missing.length) {
    replace(status, say("saved", {place: placeName, revision, checked: ago(checked)}));
    box.append(status, button(say("remove"), remove, true));
    return;
  }
  if (isKept) replace(status, say("lost"));
  box.append(keepButton, bar, status, small(say("keep_why")));
}

/** On the offline page: show the requested page's address and what is stored. @param {Context} context @param {State} state */
async function showStoredPages({box, home}, {list, kept, files}) {
  replace(box);
  box.hidden = !list;
  if (!list) return;
  const wanted = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  if (wanted) {
    box.append(el("div", {class: "mb-note"}, el("p", {class: "mb-note__title"}, say("not_here")), link(home + wanted, say("not_here_try"))));
  }
  const own = places({kept, list});
  if (own.length) box.append(el("h2", {}, say("places")), linkList(own.map(([place]) => [home + list.folder + place + "/", words.places[place]])));
  const stored = files.filter((path) => (path === list.folder || path.endsWith("/")) && path in list.files && path !== list.folder + "offline/");
  box.append(el("h2", {}, say("here")));
  if (!stored.length) return box.append(el("p", {}, say("here_none")));
  const titles = await Promise.all(stored.slice(0, 60).map(async (path) => {
    const address = home + path;
    return /** @type {[string, string]} */ ([address, await titleOf(address, list.files[path][0])]);
  }));
  return box.append(linkList(titles.filter(([, text]) => text)));
}

/** @param {Array<[string, string]>} links */
const linkList = (links) => el("ul", {class: "mb-links"}, links.map(([href, text]) => el("li", {}, anchor(href, text))));

/** The heading of a stored page. @param {string} url @param {string} hash */
async function titleOf(url, hash) {
  try {
    const text = await /** @type {Response} */ (await caches.match(`${url}?${hash}`)).text();
    const heading = new DOMParser().parseFromString(text, "text/html").querySelector("#main h1");
    return heading ? /** @type {string} */ (heading.textContent).trim() : "";
  } catch (_) {
    return "";
  }
}

/** Show the state anew, with a sentence in the box. @param {Context} context @param {string} [sentence] */
async function refresh(context, sentence) {
  const state = await context.ask("state");
  await show({...context, state});
  const status = context.box && context.box.querySelector("[role=status]");
  if (sentence && status) replace(status, sentence);
}

/** Show the notice, and the box if the page has one. @param {Context} context */
export async function show(context) {
  const {home, box, ask, state} = context;
  await loadWords(context);
  showNotice(home, state, ask, () => refresh(context));
  if (!box) return;
  if ("mbKept" in box.dataset) await showStoredPages(context, state);
  else showKeepBox(context, state);
}

/** Show that this browser cannot store pages. @param {{home: string, lang: string, box: HTMLElement}} context */
export async function showUnsupported(context) {
  const {box} = context;
  try {
    await loadWords(context);
  } catch (_) {
    return; // a page opened as a file cannot fetch anything
  }
  box.hidden = false;
  replace(box, small(say("cannot")));
}
