// @ts-check
// Export and import of a household as a file. Nothing is sent anywhere.

import {asHousehold} from "./household.js";

/** @import {Household} from "../../../../types/estimator" */

const FORMAT = "mingbai-household";
const MOST_BYTES = 1000000;

/** Save a household as a file; false if the browser cannot. @param {string} place @param {Household} household */
export function saveFile(place, household) {
  const text = JSON.stringify({format: FORMAT, place, household: {...household, kept: ""}}, null, 1);
  try {
    const address = URL.createObjectURL(new Blob([text], {type: "application/json"}));
    const link = document.createElement("a");
    link.href = address;
    link.download = FORMAT + ".json";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    return "download" in link;
  } catch (_) {
    return false;
  }
}

/** Read such a file: {place, household}, or null if it is invalid. @param {File | null | undefined} file */
export async function readFile(file) {
  if (!file || file.size > MOST_BYTES) return null;
  try {
    const {format, place, household: data} = JSON.parse(await file.text());
    const household = format === FORMAT && typeof place === "string" ? asHousehold(data) : null;
    return household && {place, household: {...household, kept: ""}}; // it replaces nothing that is saved here
  } catch (_) {
    return null;
  }
}
