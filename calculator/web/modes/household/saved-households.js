// @ts-check
// Households that the reader saved on this device (localStorage). Nothing is sent anywhere.
//
// Each has a key of its own, with the site and the place that it belongs to: several sites may share an address. What
// this version cannot read was saved by another one; it is neither shown nor changed nor deleted.

import {asHousehold} from "./household.js";

/** @import {Household, Page} from "../../../../types/estimator" */
/** @typedef {{id: string, saved: string, household: Household}} SavedHousehold `saved` is the day, 2016-03-01 */

const KEY = "mingbai-households";
const LEGACY_KEY = KEY; // one list of all places and sites, as earlier versions saved it

/** The beginning of the keys of a site's place. @param {Page} page */
function prefixOf({config, place}) {
  const {protocol, pathname} = new URL(config.root, document.baseURI);
  return `${KEY}:${protocol.startsWith("http") ? encodeURIComponent(pathname) : "file"}:${place}:`;
}

/** An entry, if this version can read it. @param {any} data any: it is looked at before it is used */
function asEntry(data) {
  const household = data && typeof data.id === "string" && /^\d{4}-\d\d-\d\d$/.test(data.saved) ? asHousehold(data.household) : null;
  return household && {id: data.id, saved: data.saved, household: {...household, kept: data.id}};
}

/** What is saved under a key; null if that is nothing that can be read. @param {string} key @returns {any} any: as above */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) || "null");
  } catch (_) {
    return null; // storage is blocked, or the text is damaged
  }
}

/** The saved households of this place, the earliest first. @param {Page} page @returns {SavedHousehold[]} */
export function savedHouseholds(page) {
  const prefix = prefixOf(page);
  const entries = keys().filter((key) => key.startsWith(prefix)).map((key) => asEntry(read(key))).filter((entry) => entry !== null);
  const known = new Set(entries.map(({id}) => id));
  const legacy = legacyEntries().filter((data) => isOfPlace(page, data)).map(asEntry).filter((entry) => entry !== null);
  return [...legacy.filter(({id}) => !known.has(id)), ...entries].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/**
 * Save a household, replacing its earlier state. Returns its id, "" if the browser stores nothing.
 *
 * @param {Page} page
 * @param {Household} household
 */
export function saveHousehold(page, household) {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const isOurs = savedHouseholds(page).some((entry) => entry.id === household.kept);
  const id = isOurs ? household.kept : String(now.getTime());
  const saved = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  try {
    localStorage.setItem(prefixOf(page) + id, JSON.stringify({id, saved, household: {...household, kept: id}}));
  } catch (_) {
    return "";
  }
  forgetLegacy(page, [id]);
  return id;
}

/** Whether a household is saved in its current state. @param {Page} page @param {Household} household */
export function isSaved(page, household) {
  const entry = savedHouseholds(page).find(({id}) => id === household.kept);
  const content = (/** @type {Household} */ {label, shared, members}) => JSON.stringify([label, shared, members]);
  return entry !== undefined && content(entry.household) === content(household);
}

/** @param {Page} page @param {SavedHousehold[]} entries */
export function deleteHouseholds(page, entries) {
  const prefix = prefixOf(page);
  try {
    for (const {id} of entries) localStorage.removeItem(prefix + id);
  } catch (_) {
    return; // storage is blocked
  }
  forgetLegacy(page, entries.map(({id}) => id));
}

/** All keys of the storage. @returns {string[]} */
function keys() {
  try {
    return Object.keys(localStorage);
  } catch (_) {
    return []; // storage is blocked
  }
}

/** @returns {any[]} any: as above */
function legacyEntries() {
  const entries = read(LEGACY_KEY);
  return Array.isArray(entries) ? entries : [];
}

/** @param {Page} page @param {any} data any: as above */
function isOfPlace({place}, data) {
  return Boolean(data) && data.place === place;
}

/** Take households of a place out of the list of earlier versions; all others stay as they are. @param {Page} page @param {string[]} ids */
function forgetLegacy(page, ids) {
  const entries = legacyEntries();
  const left = entries.filter((data) => !(isOfPlace(page, data) && ids.includes(data.id) && asEntry(data)));
  if (left.length === entries.length) return;
  try {
    if (left.length) localStorage.setItem(LEGACY_KEY, JSON.stringify(left));
    else localStorage.removeItem(LEGACY_KEY);
  } catch (_) {
    // the list stays as it was
  }
}
