// @ts-check
// What a page says of being kept: what is on the phone and since when, what has changed, and the button that keeps a place.

import {el, fill, replace, standsIn} from "../../../calculator/web/shared/dom.js";

const DAY_MS = 86400000;
const LONG_DAYS = 30; // a copy that nobody compared with the site for longer says so
const KB_IN_MB = 1000;
const SNAPSHOT = "mingbai-snapshot"; // what the calculator itself keeps (calculator/web/engine/snapshot.js)

let words;

/** The words of the language, from the site or from the phone. */
async function load({home, lang}) {
  if (words) return;
  words = await (await fetch(`${home}assets/offline/${lang}.json`)).json();
  standsIn(words.instead[0]);
}

const say = (name, figures = {}) => fill(words.text[name], figures);
const megabytes = (kilobytes) => Math.max(kilobytes / KB_IN_MB, kilobytes ? 0.1 : 0).toFixed(1);
const size = (list, paths) => paths.reduce((sum, path) => sum + list.files[path][1], 0);

function button(text, act, quiet) {
  return el("button", {type: "button", class: quiet ? "mb-button mb-button--quiet" : "mb-button", onclick: act}, text);
}

/** How long ago, in words; a clock that is wrong is not taken for a date. */
function ago(when) {
  const days = Math.floor((Date.now() - when) / DAY_MS);
  if (!when || Date.now() < when) return say("unknown_day");
  return days === 0 ? say("today") : days === 1 ? say("yesterday") : say("days_ago", {days});
}

/** Why something could not be kept, as the words name it. */
const reason = ([name, message]) => (name === "QuotaExceededError" ? "full" : message === "changed" ? "changed" : "network");

const link = (href, text) => el("p", {}, el("a", {href}, text));

/** What stands above the page: an update, a copy that is old. Said anew each time. */
function notice(home, state, ask, again) {
  const old = document.querySelector(".mb-offline");
  if (old) old.remove();
  const said = [];
  const {checked, copy, list, news, waiting} = state;
  if (copy && !document.querySelector("[data-mb-kept]")) {
    const long = Date.now() - checked > LONG_DAYS * DAY_MS;
    const date = new Date(checked).toLocaleDateString(document.documentElement.lang, {dateStyle: "long"});
    said.push(el("p", {class: long ? "" : "mb-small"}, long ? say("stale", {date}) : say("from_phone", {checked: ago(checked)})));
  }
  const changed = news && list ? places(state).filter(([, starts]) => starts.some((start) => news.fetched.some((path) => path.indexOf(start) === 0))) : [];
  if (changed.length) {
    said.push(el("p", {}, say("news", {old: news.from, new: news.to})));
    for (const [place] of changed) {
      const changes = `${list.folder}${place}/changes/`;
      const told = changes in list.files;
      said.push(link(home + (told ? changes : `${list.folder}${place}/`), say(told ? "news_changes" : "news_pages", {place: words.places[place]})));
    }
    said.push(button(say("seen"), () => ask("seen").then(again), true));
  }
  if (waiting) {
    said.push(el("p", {}, say("waiting", {size: megabytes(waiting)})));
    said.push(button(say("update"), () => ask("check", {force: 1, most: Infinity}).then(again), true));
  }
  if (!said.length) return;
  const urgent = changed.length || waiting || said[0].className === "";
  document.getElementById("main").prepend(el("div", {class: urgent ? "mb-offline mb-note" : "mb-offline"}, said));
}

/** The places that are kept in this language, each with how its own addresses begin. @returns {Array<[string, string[]]>} */
function places({kept, list}) {
  const own = Object.keys(kept).map((name) => name.split(" ")).filter(([, folder]) => folder === list.folder);
  return own.map(([place]) => [place, startsOf(place, list)]);
}

const startsOf = (place, list) => [`${list.folder}${place}/`, `${list.rules}${place}.json`];

/** The box that keeps a place: what it says depends on what is on the phone. */
function keepBox(about, state) {
  const {box, ask, home} = about;
  const {list, revision, checked, kept} = state;
  const select = /** @type {HTMLSelectElement} */ (document.getElementById("mbe-place"));
  const place = box.dataset.mbKeep || (select ? select.value : "");
  if (select && !box.dataset.mbHears) {
    box.dataset.mbHears = "yes";
    select.addEventListener("change", () => again(about));
  }
  replace(box);
  box.hidden = !list || !place || !(place in words.places);
  if (box.hidden) return;
  const named = words.places[place];
  const name = `${place} ${list.folder}`;
  const starts = startsOf(place, list).concat(list.kit);
  const there = new Set(state.files);
  const missing = Object.keys(list.files).filter((path) => !there.has(path) && starts.some((start) => path.startsWith(start)));
  const total = size(list, missing);
  const status = el("p", {role: "status"});
  const bar = el("progress", {hidden: true, "aria-label": say("keep", {place: named, size: megabytes(total)})});

  const keep = async () => {
    go.hidden = true;
    bar.hidden = false;
    const show = (done) => {
      bar.value = total ? Math.min(done / total, 1) : 1;
      replace(status, say("saving", {done: megabytes(Math.min(done, total)), total: megabytes(total)}));
    };
    show(0);
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    const before = size(list, Object.keys(list.files).filter((path) => there.has(path) && starts.some((start) => path.startsWith(start))));
    const result = await ask("keep", {name, starts}, (done) => show(Math.max(0, done - before)));
    await again(about, result && result.failed ? say(`fail_${reason(result.failed)}`) : "");
  };
  const remove = async () => {
    const others = Object.keys(kept).filter((each) => each !== name).map((each) => kept[each].starts);
    const wanted = [].concat(...others);
    const spared = (path) => list.base.indexOf(path) >= 0 || wanted.some((start) => path.startsWith(start));
    const gone = Object.keys(list.files).filter((path) => starts.some((start) => path.startsWith(start)) && !spared(path));
    await ask("remove", {name, gone});
    if (!others.length) await caches.delete(SNAPSHOT);
    await again(about, say("removed"));
  };
  const go = button(say(name in kept ? "go_on" : "keep", {place: named, size: megabytes(total)}), keep, !(name in kept));
  if (name in kept && !missing.length) {
    replace(status, say("saved", {place: named, revision, checked: ago(checked)}));
    box.append(status, button(say("remove"), remove, true));
    return;
  }
  if (name in kept) replace(status, say("lost"));
  box.append(go, bar, status, el("p", {class: "mb-small"}, say("keep_why")));
}

/** On the page for when there is no network: what was asked for, and what there is. */
async function listBox({box, home}, {list, kept, files}) {
  replace(box);
  box.hidden = !list;
  if (!list) return;
  const wanted = location.hash.slice(0, 2) === "#/" ? location.hash.slice(2) : "";
  if (wanted) {
    box.append(el("div", {class: "mb-note"}, el("p", {class: "mb-note__title"}, say("not_here")), link(home + wanted, say("not_here_try"))));
  }
  const own = places({kept, list});
  if (own.length) box.append(el("h2", {}, say("places")), linkList(own.map(([place]) => [home + list.folder + place + "/", words.places[place]])));
  const here = files.filter((path) => (path === list.folder || /\/$/.test(path)) && path in list.files && path !== `${list.folder}offline/`);
  box.append(el("h2", {}, say("here")));
  if (!here.length) return box.append(el("p", {}, say("here_none")));
  const titles = await Promise.all(here.slice(0, 60).map(async (path) => [home + path, await title(home + path, list.files[path][0])]));
  return box.append(linkList(titles.filter(([, text]) => text)));
}

const linkList = (links) => el("ul", {class: "mb-links"}, links.map(([href, text]) => el("li", {}, el("a", {href}, text))));

/** The heading of a page that lies in the store. */
async function title(url, hash) {
  try {
    const text = await (await caches.match(`${url}?${hash}`)).text();
    const heading = new DOMParser().parseFromString(text, "text/html").querySelector("#main h1");
    return heading ? heading.textContent.trim() : "";
  } catch (_) {
    return "";
  }
}

async function again(about, said) {
  const state = await about.ask("state");
  await show({...about, state});
  const status = about.box && about.box.querySelector("[role=status]");
  if (said && status) replace(status, said);
}

/** Say what there is to say. */
export async function show(about) {
  const {home, box, ask, state} = about;
  await load(about);
  notice(home, state, ask, () => again(about));
  if (!box) return;
  if ("mbKept" in box.dataset) await listBox(about, state);
  else keepBox(about, state);
}

/** Say that this browser keeps nothing. */
export async function cannot(about) {
  const {box} = about;
  try {
    await load(about);
  } catch (_) {
    return; // nor does it fetch anything: a page opened from a file
  }
  box.hidden = false;
  replace(box);
  box.append(el("p", {class: "mb-small"}, say("cannot")));
}
