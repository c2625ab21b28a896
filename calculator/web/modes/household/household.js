// @ts-check
// A household as the cadre's way holds it: raw answers that all share, and those of each member. A name is for the
// reader's eye alone: it never goes to the calculator.

import {isAnswered, readAnswers, readDay} from "../../form/answers.js";
import {fill} from "../../shared/dom.js";

const MOST_MEMBERS = 30; // as many as the calculator takes
const LONGEST = 200; // letters of one typed text that is taken from a file

export function newMember() {
  return {name: "", raw: {}};
}

export function newHousehold() {
  return {label: "", shared: {}, members: [newMember()], open: 0, kept: ""};
}

/** Whether anything was said about a household yet. */
export function isBegun({label, members, shared}) {
  return Boolean(label) || isAnswered(shared) || members.some(({name, raw}) => name || isAnswered(raw));
}

export function mayGrow({members}) {
  return members.length < MOST_MEMBERS;
}

/** What a member is called: by the name that was typed in, else by number. */
export function nameOf(text, household, index) {
  return household.members[index].name.trim() || fill(text.household.member, {n: String(index + 1)});
}

/** Which questions are asked once, and which of each member. */
export function parted({asks}) {
  return {shared: asks.filter((ask) => ask.shared), own: asks.filter((ask) => !ask.shared)};
}

/** The request for the calculator, and the mistakes: {request, errors: [{name, text, member}]}; member -1 is all. */
export function requestOf(page, household, inputs) {
  const {shared, own} = parted(page.form);
  const all = readAnswers(page, shared, household.shared);
  const day = readDay(page, household.shared, page.form.day);
  const errors = [...day.errors, ...all.errors].map((error) => ({...error, member: -1}));
  const members = household.members.map(({raw}, index) => {
    const read = readAnswers(page, own, raw);
    errors.push(...read.errors.map((error) => ({...error, member: index})));
    return {id: String(index + 1), facts: read.facts};
  });
  return {request: {place: page.place, date: day.date, shared: all.facts, members, inputs}, errors};
}

/** What one member's result answers. */
export function requestOfMember({place, date, shared, members, inputs}, index) {
  return {place, date, facts: {...shared, ...members[index].facts}, inputs};
}

/** A household out of anything at all, or null: texts and lists of texts are taken, nothing else. */
export function asHousehold(found) {
  if (!found || typeof found !== "object" || !Array.isArray(found.members) || !found.members.length) return null;
  if (found.members.length > MOST_MEMBERS) return null;
  const members = found.members.map((member) => member && typeof member === "object" && {name: asText(member.name), raw: asRaw(member.raw)});
  if (!members.every(Boolean)) return null;
  return {label: asText(found.label), shared: asRaw(found.shared), members, open: 0, kept: asText(found.kept)};
}

function asText(value) {
  return typeof value === "string" ? value.slice(0, LONGEST) : "";
}

function asRaw(found) {
  const raw = {};
  for (const [name, value] of Object.entries(found && typeof found === "object" ? found : {})) {
    if (!/^[\w.-]{1,60}$/.test(name) || name === "__proto__") continue;
    if (typeof value === "string") raw[name] = asText(value);
    else if (Array.isArray(value) && value.every((each) => typeof each === "string")) raw[name] = value.map(asText);
  }
  return raw;
}
