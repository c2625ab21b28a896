// @ts-check
// Households that the reader saved on this device (localStorage, one key). Nothing is sent anywhere.

import {asHousehold} from "./household.js";

/** @import {Household} from "../../../../types/estimator" */
/** @typedef {{id: string, place: string, saved: string, household: Household}} SavedHousehold */

const KEY = "mingbai-households";

/** The saved households: [{id, place, saved, household}]. @returns {SavedHousehold[]} */
export function savedHouseholds() {
  try {
    /** @type {SavedHousehold[]} */ const entries = JSON.parse(localStorage.getItem(KEY) || "[]");
    return entries.filter(({id, place, household}) => id && place && asHousehold(household));
  } catch (_) {
    return [];
  }
}

/**
 * Save a household, replacing its earlier state. Returns its id, "" if the browser stores nothing.
 *
 * @param {string} place
 * @param {Household} household
 */
export function saveHousehold(place, household) {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const id = household.kept || String(now.getTime());
  const saved = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const others = savedHouseholds().filter((entry) => entry.id !== id);
  return write([...others, {id, place, saved, household: {...household, kept: id}}]) ? id : "";
}

/** Whether a household is saved in its current state. @param {Household} household */
export function isSaved(household) {
  const entry = savedHouseholds().find(({id}) => id === household.kept);
  const content = (/** @type {Household} */ {label, shared, members}) => JSON.stringify([label, shared, members]);
  return entry !== undefined && content(entry.household) === content(household);
}

/** @param {string} id */
export function deleteHousehold(id) {
  write(savedHouseholds().filter((entry) => entry.id !== id));
}

export function deleteAllHouseholds() {
  try {
    localStorage.removeItem(KEY);
  } catch (_) {
    // storage is blocked
  }
}

/** @param {SavedHousehold[]} entries */
function write(entries) {
  if (!entries.length) return void deleteAllHouseholds();
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
    return true;
  } catch (_) {
    return false;
  }
}
