// @ts-check
// The data of a household: raw answers that all members share, and those of each member. Names are only shown to the
// reader: they are never sent to the calculator. `kept` is the id under which the household is saved.

import {isAnswered, readAnswers, readDay} from "../../form/answers.js";
import {fill} from "../../shared/dom.js";

/** @import {Ask, Household, HouseholdRequest, Inputs, Member, MemberError, Page, PlaceForm, Raw, Texts} from "../../../../types/estimator" */

const MOST_MEMBERS = 30; // the calculator's limit
const LONGEST = 200; // characters of one text that is read from a file

/** @returns {Member} */
export function newMember() {
  return {name: "", raw: {}};
}

/** @returns {Household} */
export function newHousehold() {
  return {label: "", shared: {}, members: [newMember()], open: 0, kept: ""};
}

/** Whether anything was entered about a household. @param {Household} household */
export function isBegun({label, members, shared}) {
  return Boolean(label) || isAnswered(shared) || members.some(({name, raw}) => name || isAnswered(raw));
}

/** @param {Household} household */
export function canAddMember({members}) {
  return members.length < MOST_MEMBERS;
}

/** A member's typed name, or number. @param {Texts} text @param {Household} household @param {number} index */
export function nameOf(text, household, index) {
  return household.members[index].name.trim() || fill(text.household.member, {n: String(index + 1)});
}

/** The questions that are asked once, and those that are asked about each member. @param {PlaceForm} form */
export function splitQuestions({asks}) {
  return {shared: asks.filter((ask) => ask.shared), own: asks.filter((ask) => !ask.shared)};
}

/**
 * The request and the errors in the answers: {request, errors: [{name, text, member}]}; member -1 is all of them.
 *
 * @param {Page} page
 * @param {Household} household
 * @param {Inputs} inputs
 * @returns {{request: HouseholdRequest, errors: MemberError[]}}
 */
export function requestOf(page, household, inputs) {
  const {shared, own} = splitQuestions(page.form);
  const common = readAnswers(page, shared, household.shared);
  const day = readDay(page, household.shared, page.form.day);
  const errors = [...day.errors, ...common.errors].map((error) => ({...error, member: -1}));
  const members = household.members.map(({raw}, index) => {
    const answers = readAnswers(page, own, raw);
    errors.push(...answers.errors.map((error) => ({...error, member: index})));
    return {id: String(index + 1), facts: answers.facts};
  });
  return {request: {place: page.place, date: day.date || "", shared: common.facts, members, inputs}, errors};
}

/** The request that one member's result answers. @param {HouseholdRequest} request @param {number} index */
export function requestOfMember({place, date, shared, members, inputs}, index) {
  return {place, date, facts: {...shared, ...members[index].facts}, inputs};
}

/**
 * A household from untrusted data, or null. Only texts and lists of texts are read.
 *
 * @param {any} data any: it is looked at before it is used
 * @returns {Household | null}
 */
export function asHousehold(data) {
  if (!data || typeof data !== "object" || !Array.isArray(data.members) || !data.members.length) return null;
  if (data.members.length > MOST_MEMBERS) return null;
  const members = data.members.map((/** @type {any} */ member) => member && typeof member === "object" && {name: asText(member.name), raw: asRaw(member.raw)});
  if (!members.every(Boolean)) return null;
  return {label: asText(data.label), shared: asRaw(data.shared), members, open: 0, kept: asText(data.kept)};
}

/** @param {unknown} value */
function asText(value) {
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}

/** @param {any} data any: as above @returns {Raw} */
function asRaw(data) {
  /** @type {Raw} */ const raw = {};
  for (const [name, value] of Object.entries(data && typeof data === "object" ? data : {})) {
    if (!/^[\w.-]{1,60}$/.test(name) || name === "__proto__") continue;
    if (typeof value === "string") raw[name] = asText(value);
    else if (Array.isArray(value) && value.every((item) => typeof item === "string")) raw[name] = value.map(asText);
  }
  return raw;
}
