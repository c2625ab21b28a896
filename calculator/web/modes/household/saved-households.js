// @ts-check
// Households that the reader saved on this device (localStorage, one key). Nothing is sent anywhere.

import {asHousehold} from "./household.js";

const KEY = "mingbai-households";

/** The saved households: [{id, place, saved, household}]. */
export function savedHouseholds() {
  try {
    const entries = JSON.parse(localStorage.getItem(KEY) || "[]");
    return entries.filter(({id, place, household}) => id && place && asHousehold(household));
  } catch (_) {
    return [];
  }
}

/** Save a household, replacing its earlier state. Returns its id, "" if the browser stores nothing. */
export function saveHousehold(place, household) {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const id = household.kept || String(now.getTime());
  const saved = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const others = savedHouseholds().filter((entry) => entry.id !== id);
  return write([...others, {id, place, saved, household: {...household, kept: id}}]) ? id : "";
}

/** Whether a household is saved in its current state. */
export function isSaved(household) {
  const entry = savedHouseholds().find(({id}) => id === household.kept);
  const content = ({label, shared, members}) => JSON.stringify([label, shared, members]);
  return Boolean(entry) && content(entry.household) === content(household);
}

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

function write(entries) {
  if (!entries.length) return void deleteAllHouseholds();
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
    return true;
  } catch (_) {
    return false;
  }
}
