// @ts-check
// Shows what is stored on the device and since when, what has changed, and the button that stores a place.

import {el, fill, replace, standsIn} from "../../../calculator/web/shared/dom.js";

const DAY_MS = 86400000;
const STALE_DAYS = 30; // a copy that was not checked for longer says so
const KB_IN_MB = 1000;
const SNAPSHOT_CACHE = "mingbai-snapshot"; // as in calculator/web/engine/snapshot.js

let words;

/** Load the texts of the language, from the network or the store. */
async function loadWords({home, lang}) {
  if (words) return;
  words = await (await fetch(`${home}assets/offline/${lang}.json`)).json();
  standsIn(words.instead[0]);
}

const say = (name, figures = {}) => fill(words.text[name], figures);
const megabytes = (kilobytes) => Math.max(kilobytes / KB_IN_MB, kilobytes ? 0.1 : 0).toFixed(1);
const size = (list, paths) => paths.reduce((sum, path) => sum + list.files[path][1], 0);

function button(text, action, quiet) {
  return el("button", {type: "button", class: quiet ? "mb-button mb-button--quiet" : "mb-button", onclick: action}, text);
}

/** How many days ago, in words; unknown if the clock is wrong. */
function ago(when) {
  const days = Math.floor((Date.now() - when) / DAY_MS);
  if (!when || Date.now() < when) return say("unknown_day");
  return days === 0 ? say("today") : days === 1 ? say("yesterday") : say("days_ago", {days});
}

/** Why storing failed, as in the keys of the texts. */
const failureReason = ([name, message]) => (name === "QuotaExceededError" ? "full" : message === "changed" ? "changed" : "network");

const link = (href, text) => el("p", {}, el("a", {href}, text));

/** Show the notice above the page: an update, or an old copy. */
function showNotice(home, state, ask, refresh) {
  const previous = document.querySelector(".mb-offline");
  if (previous) previous.remove();
  const elements = [];
  const {checked, copy, list, news, waiting} = state;
  if (copy && !document.querySelector("[data-mb-kept]")) {
    const isStale = Date.now() - checked > STALE_DAYS * DAY_MS;
    const date = new Date(checked).toLocaleDateString(document.documentElement.lang, {dateStyle: "long"});
    elements.push(el("p", {class: isStale ? "" : "mb-small"}, isStale ? say("stale", {date}) : say("from_phone", {checked: ago(checked)})));
  }
  const changed = news && list ? places(state).filter(([, starts]) => starts.some((start) => news.fetched.some((path) => path.indexOf(start) === 0))) : [];
  if (changed.length) {
    elements.push(el("p", {}, say("news", {old: news.from, new: news.to})));
    for (const [place] of changed) {
      const changes = `${list.folder}${place}/changes/`;
      const hasPage = changes in list.files;
      elements.push(link(home + (hasPage ? changes : `${list.folder}${place}/`), say(hasPage ? "news_changes" : "news_pages", {place: words.places[place]})));
    }
    elements.push(button(say("seen"), () => ask("seen").then(refresh), true));
  }
  if (waiting) {
    elements.push(el("p", {}, say("waiting", {size: megabytes(waiting)})));
    elements.push(button(say("update"), () => ask("check", {force: 1, most: Infinity}).then(refresh), true));
  }
  if (!elements.length) return;
  const urgent = changed.length || waiting || elements[0].className === "";
  document.getElementById("main").prepend(el("div", {class: urgent ? "mb-offline mb-note" : "mb-offline"}, elements));
}

/** The places that are stored in this language, each with the prefixes of its own paths. @returns {Array<[string, string[]]>} */
function places({kept, list}) {
  const own = Object.keys(kept).map((name) => name.split(" ")).filter(([, folder]) => folder === list.folder);
  return own.map(([place]) => [place, startsOf(place, list)]);
}

const startsOf = (place, list) => [`${list.folder}${place}/`, `${list.rules}${place}.json`];

/** Show the box with the button that stores or removes a place. */
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
  const missing = Object.keys(list.files).filter((path) => !there.has(path) && starts.some((start) => path.startsWith(start)));
  const total = size(list, missing);
  const status = el("p", {role: "status"});
  const bar = el("progress", {hidden: true, "aria-label": say("keep", {place: placeName, size: megabytes(total)})});

  const keep = async () => {
    keepButton.hidden = true;
    bar.hidden = false;
    const showProgress = (done) => {
      bar.value = total ? Math.min(done / total, 1) : 1;
      replace(status, say("saving", {done: megabytes(Math.min(done, total)), total: megabytes(total)}));
    };
    showProgress(0);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    const before = size(list, Object.keys(list.files).filter((path) => there.has(path) && starts.some((start) => path.startsWith(start))));
    const result = await ask("keep", {name, starts}, (done) => showProgress(Math.max(0, done - before)));
    await refresh(context, result && result.failed ? say(`fail_${failureReason(result.failed)}`) : "");
  };
  const remove = async () => {
    const others = Object.keys(kept).filter((other) => other !== name).map((other) => kept[other].starts);
    const neededStarts = [].concat(...others);
    const isNeeded = (path) => list.base.indexOf(path) >= 0 || neededStarts.some((start) => path.startsWith(start));
    const gone = Object.keys(list.files).filter((path) => starts.some((start) => path.startsWith(start)) && !isNeeded(path));
    await ask("remove", {name, gone});
    if (!others.length) await caches.delete(SNAPSHOT_CACHE);
    await refresh(context, say("removed"));
  };
  const keepButton = button(name in kept ? say("go_on", {size: megabytes(total)}) : say("keep", {place: placeName, size: megabytes(total)}), keep, !(name in kept));
  if (name in kept && !missing.length) {
    replace(status, say("saved", {place: placeName, revision, checked: ago(checked)}));
    box.append(status, button(say("remove"), remove, true));
    return;
  }
  if (name in kept) replace(status, say("lost"));
  box.append(keepButton, bar, status, el("p", {class: "mb-small"}, say("keep_why")));
}

/** On the offline page: show the requested page's address and what is stored. */
async function showStoredPages({box, home}, {list, kept, files}) {
  replace(box);
  box.hidden = !list;
  if (!list) return;
  const wanted = location.hash.slice(0, 2) === "#/" ? location.hash.slice(2) : "";
  if (wanted) {
    box.append(el("div", {class: "mb-note"}, el("p", {class: "mb-note__title"}, say("not_here")), link(home + wanted, say("not_here_try"))));
  }
  const own = places({kept, list});
  if (own.length) box.append(el("h2", {}, say("places")), linkList(own.map(([place]) => [home + list.folder + place + "/", words.places[place]])));
  const stored = files.filter((path) => (path === list.folder || /\/$/.test(path)) && path in list.files && path !== `${list.folder}offline/`);
  box.append(el("h2", {}, say("here")));
  if (!stored.length) return box.append(el("p", {}, say("here_none")));
  const titles = await Promise.all(stored.slice(0, 60).map(async (path) => [home + path, await titleOf(home + path, list.files[path][0])]));
  return box.append(linkList(titles.filter(([, text]) => text)));
}

const linkList = (links) => el("ul", {class: "mb-links"}, links.map(([href, text]) => el("li", {}, el("a", {href}, text))));

/** The heading of a stored page. */
async function titleOf(url, hash) {
  try {
    const text = await (await caches.match(`${url}?${hash}`)).text();
    const heading = new DOMParser().parseFromString(text, "text/html").querySelector("#main h1");
    return heading ? heading.textContent.trim() : "";
  } catch (_) {
    return "";
  }
}

/** Show the state anew, with a sentence in the box. */
async function refresh(context, sentence) {
  const state = await context.ask("state");
  await show({...context, state});
  const status = context.box && context.box.querySelector("[role=status]");
  if (sentence && status) replace(status, sentence);
}

/** Show the notice, and the box if the page has one. */
export async function show(context) {
  const {home, box, ask, state} = context;
  await loadWords(context);
  showNotice(home, state, ask, () => refresh(context));
  if (!box) return;
  if ("mbKept" in box.dataset) await showStoredPages(context, state);
  else showKeepBox(context, state);
}

/** Show that this browser cannot store pages. */
export async function showUnsupported(context) {
  const {box} = context;
  try {
    await loadWords(context);
  } catch (_) {
    return; // a page opened as a file cannot fetch anything
  }
  box.hidden = false;
  replace(box);
  box.append(el("p", {class: "mb-small"}, say("cannot")));
}
