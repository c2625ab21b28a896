// @ts-check
// What this tab remembers (sessionStorage); nothing else is ever written down unasked.

const KEPT = "mingbai-estimator";

/** Keep the state of the page as long as the tab is open. */
export function keep(state) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(state));
  } catch (_) {
    // a browser that keeps nothing: the answers last as long as the page
  }
}

export function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) || "null") || {};
  } catch (_) {
    return {};
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch (_) {
    // as above
  }
}
