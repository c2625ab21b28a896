// @ts-check
// Households that the reader asked to keep on this phone (localStorage, one key). Nothing leaves the phone.

import {asHousehold} from "./household.js";

const KEY = "mingbai-households";

/** The kept households: [{id, place, saved, household}]. */
export function keptHouseholds() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) || "[]");
    return found.filter(({id, place, household}) => id && place && asHousehold(household));
  } catch (_) {
    return [];
  }
}

/** Keep a household, in place of its earlier state; false where the browser keeps nothing. */
export function keepHousehold(place, household) {
  const day = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const id = household.kept || String(day.getTime());
  const saved = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  const others = keptHouseholds().filter((each) => each.id !== id);
  return write([...others, {id, place, saved, household: {...household, kept: id}}]) ? id : "";
}

/** Whether a household is kept as it is now. */
export function isKept(household) {
  const found = keptHouseholds().find(({id}) => id === household.kept);
  const said = ({label, shared, members}) => JSON.stringify([label, shared, members]);
  return Boolean(found) && said(found.household) === said(household);
}

export function wipeHousehold(id) {
  write(keptHouseholds().filter((each) => each.id !== id));
}

export function wipeAll() {
  try {
    localStorage.removeItem(KEY);
  } catch (_) {
    // a browser that keeps nothing
  }
}

function write(all) {
  if (!all.length) return void wipeAll();
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    return true;
  } catch (_) {
    return false;
  }
}
