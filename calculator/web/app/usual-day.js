// @ts-check
// Which day a bill is of unless somebody says so. What day it is, docs/assets/today/today.js says of the page.

/** The last day for which papers vouch for the rules of today, or today where it comes before. @param {Array<[string, string]>} days */
export function usualDay(days) {
  const today = document.documentElement.dataset.mbToday;
  const begun = days.filter(([from]) => from <= today);
  const [, last] = begun[begun.length - 1] || days[0];
  return last < today ? last : today;
}
