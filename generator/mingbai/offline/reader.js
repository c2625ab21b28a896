// @ts-check
// The single file: shows one page at a time, in one language, and gives the estimator its files.
// Addresses stand behind the "#": language/page/#heading, as in #zh/gaotai/inpatient/#who.

import {unpacked} from "./unpack.js";

/** @import {Pack} from "./unpack.js" */
/** @typedef {{id: string, tag: string, direction: string}} Language */

/** An element of the file itself. @param {string} id */
const elementOf = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** The text of such an element. @param {string} name */
const textOf = (name) => elementOf("mingbai-" + name).textContent || "";

/** @type {{base: string, languages: Language[], site: Record<string, string>}} */
const {base, languages, site} = JSON.parse(textOf("single"));
/** @type {Record<string, Pack>} */ const packs = {};
for (const block of document.querySelectorAll("script[data-file]")) {
  packs[block.dataset.file || ""] = {text: block.textContent || "", length: Number(block.dataset.bytes)};
}

// the estimator's files

const outside = window.fetch;
window.fetch = async (url, options) => {
  const address = String(url);
  if (!address.startsWith(base)) return outside(url, options);
  const name = address.slice(base.length);
  const pack = packs[name.startsWith("places/") ? "rules" : name]; // the rules of all places hold those of each
  if (!pack) throw new TypeError("not in this file: " + name);
  return new Response(await unpacked(pack));
};

const OwnWorker = window.Worker;
window.Worker = /** @type {typeof Worker} */ (/** @type {unknown} */ (function () {
  const address = URL.createObjectURL(new Blob([textOf("worker")], {type: "text/javascript"}));
  const worker = new OwnWorker(address);
  /** @type {Record<string, Pack>} */ const files = {};
  for (const name of Object.keys(packs)) if (/^(runtime|worker)\//.test(name)) files[name] = packs[name];
  worker.postMessage({files, base});
  return worker;
}));
// A file has no storage of its own: no snapshot is worth trying.
Object.defineProperty(window, "caches", {value: undefined});

// the pages

const asked = () => decodeURIComponent(location.hash.slice(1));
/** @param {string} address */
const languageOf = (address) => languages.find((each) => address.startsWith(each.id + "/"));
const preferred = () => languages.find(({id}) => (navigator.language || "").toLowerCase().startsWith(id)) || languages[0];
const language = languageOf(asked()) || preferred();

/** Show the page that the address asks for; `moved` says whether the reader came from another one. @param {boolean} moved */
function show(moved) {
  const wanted = languageOf(asked());
  if (wanted && wanted !== language) return location.reload();
  if (!wanted && asked()) return undefined; // a place on this page
  const [page, place] = (asked() || language.id + "/").split("#");
  const sections = [...document.querySelectorAll("#main > section")];
  const found = (/** @type {string} */ name) => sections.find((each) => each.dataset.page === name);
  const section = /** @type {HTMLElement} */ (found(page) || found(language.id + "/"));
  if (moved && section.hidden) elementOf("main").focus({preventScroll: true}); // for who hears the page
  for (const each of sections) each.hidden = each !== section;
  const heading = section.querySelector("h1");
  document.title = (heading ? heading.textContent : "") + " - " + site[language.id];
  mark(section.dataset.page || "");
  const target = place && document.getElementById(section.dataset.page + "#" + place);
  if (target) {
    for (let outer = target.closest("details"); outer; ) {
      outer.open = true;
      outer = outer.parentElement && outer.parentElement.closest("details");
    }
    target.scrollIntoView();
  } else scrollTo(0, 0);
  const choice = /** @type {HTMLSelectElement | null} */ (section.querySelector("#mingbai-estimator select[name=place]"));
  if (choice && place && choice.value !== place && [...choice.options].some(({value}) => value === place)) {
    choice.value = place;
    choice.dispatchEvent(new Event("change", {bubbles: true}));
  }
  return undefined;
}

/** Mark the page in the menu, and let the switch of languages lead to the same one. @param {string} page */
function mark(page) {
  for (const link of document.querySelectorAll(".mb-menu a, .mb-foot a")) {
    if (link.getAttribute("href") === "#" + page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".mb-languages a"))) {
    link.href = "#" + link.dataset.language + "/" + page.slice(language.id.length + 1);
  }
}

async function begin() {
  const pages = document.createElement("template");
  pages.innerHTML = new TextDecoder().decode(await unpacked(packs["pages/" + language.id]));
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
  elementOf("mingbai-opening").replaceWith(pages.content);
  startDisplay((_, listener) => listener()); // the page is there already
  startMoment();
  startEstimator();
  startQuick();
  addEventListener("hashchange", () => show(true));
  show(false);
}

if ("DecompressionStream" in window) begin();
else elementOf("mingbai-old").hidden = false;
