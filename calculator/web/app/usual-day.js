// @ts-check
// The default day of a bill. The current date is set on the page by docs/assets/today/today.js.

/**
 * Today, or, if earlier, the last day for which the sources confirm the rules in force today.
 *
 * @param {Array<[string, string]>} days [first day, last confirmed day] of each period, in order
 */
export function usualDay(days) {
  const today = /** @type {string} */ (document.documentElement.dataset.mbToday);
  const started = days.filter(([from]) => from <= today);
  const [, lastConfirmed] = started[started.length - 1] || days[0];
  return lastConfirmed < today ? lastConfirmed : today;
}
