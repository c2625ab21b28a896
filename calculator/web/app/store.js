// @ts-check
// State of the estimator in this tab (sessionStorage). Nothing else is stored unless the reader asks for it.

const KEY = "mingbai-estimator";

/** @param {object} state */
export function saveState(state) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(state));
  } catch (_) {
    // storage is blocked: the answers last as long as the page
  }
}

/** The saved state; {} if there is none. */
export function savedState() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) || "null") || {};
  } catch (_) {
    return {};
  }
}

export function clearState() {
  try {
    sessionStorage.removeItem(KEY);
  } catch (_) {
    // as above
  }
}
