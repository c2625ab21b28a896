// @ts-check
// What is meant for the person, and what is promised but meant for others (`fits` of an entry).

/** @import {Entry, PersonResult} from "../../../types/estimator" */

/** @type {Array<"cash" | "subsidies" | "may_also_help" | "services" | "undecided">} */
const LISTS = ["cash", "subsidies", "may_also_help", "services", "undecided"];

/** @template {Entry} Item @param {Item[]} items @param {boolean} fits */
const pick = (items, fits) => items.filter((item) => (item.fits !== false) === fits);

/**
 * A result without what is meant for others.
 *
 * @template {Pick<PersonResult, "cash" | "subsidies" | "may_also_help" | "services" | "undecided">} R
 * @param {R} result
 * @returns {R}
 */
export function fittingOf(result) {
  const {cash, subsidies, may_also_help: help, services, undecided} = result;
  return {...result, cash: pick(cash, true), subsidies: pick(subsidies, true), may_also_help: pick(help, true), services: pick(services, true), undecided: pick(undecided, true)};
}

/** What is meant for others. @param {PersonResult} result @returns {Entry[]} */
export function forOthers(result) {
  return LISTS.flatMap((name) => pick(/** @type {Entry[]} */ (result[name]), false));
}
