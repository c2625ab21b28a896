// @ts-check
// When the calculator may start before anybody asked for it: where it costs no money and no waiting.

const MARK = "mingbai-runtime";

/** What stands for one set of files in its folder: another county's site on the same host has its own. */
function mark(runtime, manifest) {
  return [runtime, ...Object.values(manifest.files).map(({path}) => path)].join(" ");
}

/** Note that this set of files came to this browser whole. */
export function noteFetched(runtime, manifest) {
  try {
    localStorage.setItem(MARK, mark(runtime, manifest));
  } catch (_) {
    // a browser that keeps nothing
  }
}

/** Whether this very set of files came to this browser before. */
export function wasFetched(runtime, manifest) {
  return fetchedBefore() === mark(runtime, manifest);
}

/** Whether any set did; only then it is worth asking which is wanted now. */
export function fetchedBefore() {
  try {
    return localStorage.getItem(MARK);
  } catch (_) {
    return null;
  }
}

/** Whether bytes are known to cost nothing here. Where the browser does not say, they may cost something. */
export function unmetered() {
  const {connection} = navigator;
  return Boolean(connection) && !connection.saveData && (connection.type === "wifi" || connection.type === "ethernet");
}

/** Whether bytes are known to cost money here, or the reader wants few of them. */
export function metered() {
  const {connection} = navigator;
  return Boolean(connection) && (Boolean(connection.saveData) || connection.type === "cellular");
}
