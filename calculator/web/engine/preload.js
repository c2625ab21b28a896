// @ts-check
// Conditions under which the calculator is loaded before the reader asks for it: only where that costs nothing.

const KEY = "mingbai-runtime"; // in localStorage

/** @import {Manifest} from "../../../types/engine" */

/** The id of one set of runtime files with its folder: another county's site on the same host has a set of its own.
 * @param {string} runtime @param {Manifest} manifest */
function runtimeId(runtime, manifest) {
  return [runtime, ...Object.values(manifest.files).map(({path}) => path)].join(" ");
}

/** Remember that this set of files was loaded completely. @param {string} runtime @param {Manifest} manifest */
export function rememberFetched(runtime, manifest) {
  try {
    localStorage.setItem(KEY, runtimeId(runtime, manifest));
  } catch (_) {
    // storage is blocked
  }
}

/** Whether exactly this set of files was loaded before. @param {string} runtime @param {Manifest} manifest */
export function wasFetched(runtime, manifest) {
  return lastFetched() === runtimeId(runtime, manifest);
}

/** The id of the set that was loaded last, or null. Without one the manifest need not be fetched. */
export function lastFetched() {
  try {
    return localStorage.getItem(KEY);
  } catch (_) {
    return null;
  }
}

/** Whether the connection is known to be free. Not if the browser does not tell. */
export function unmetered() {
  const {connection} = navigator;
  return connection !== undefined && !connection.saveData && (connection.type === "wifi" || connection.type === "ethernet");
}

/** Whether the connection is known to be paid by volume, or the reader saves data. */
export function metered() {
  const {connection} = navigator;
  return connection !== undefined && (Boolean(connection.saveData) || connection.type === "cellular");
}
