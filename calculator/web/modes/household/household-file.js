// @ts-check
// Export and import of a household as a file. Nothing is sent anywhere.

import {asHousehold} from "./household.js";

const FORMAT = "mingbai-household";
const MOST_BYTES = 1000000;

/** Save a household as a file; false where the browser cannot. */
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

/** Read such a file: {place, household}, or null if it is none. */
export async function readFile(file) {
  if (!file || file.size > MOST_BYTES) return null;
  try {
    const {format, place, household} = JSON.parse(await file.text());
    const found = format === FORMAT && typeof place === "string" ? asHousehold(household) : null;
    return found && {place, household: found};
  } catch (_) {
    return null;
  }
}
