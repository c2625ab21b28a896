// The form: one question for each fact that this place's rules read, in the bundle's words.
// What a fact means, and which number counts how, is the calculator's business; here it is only asked.

import {el, fill, replace} from "./dom.js";
import {parseDay, parseMoney, parseMonth, parseWhole, showMoney} from "./numbers.js";

const UNKNOWN = ""; // the value of the tile for "I do not know": the fact is left out
const NONE = "other"; // the member of a list that stands for "none of these"

const FEW = 6; // a number with fewer values than this is chosen, not typed

const READ = {
  money: {parse: parseMoney, echo: (value, text) => fill(text.understood_money, {amount: showMoney(value)})},
  whole: {parse: parseWhole, echo: () => ""},
  month: {parse: parseMonth, echo: (value, text) => fill(text.understood, {value})},
  day: {parse: parseDay, echo: (value, text) => fill(text.understood, {value})},
};

/** About how many ems wide a label is: a Chinese character is one, a Latin letter half of one. */
function ems(label) {
  return label.length - label.replace(/[^\x00-\xff]/g, "").length / 2;
}

/** The conditions on single facts inside any part of the bundle: [fact, values]. */
function atoms(value) {
  if (!value || typeof value !== "object") return [];
  if (Array.isArray(value) && ["in", "has", "range"].includes(value[0]) && typeof value[1] === "string") {
    return [[value[1], value[2]]];
  }
  return Object.values(value).flatMap(atoms);
}

/** The last day for which the documents of a place vouch: never today's date, as the rules may be old. */
export function lastConfirmedDay(place) {
  const days = [];
  for (const versions of Object.values(place.policies)) {
    const version = versions[versions.length - 1];
    if (!version.ends) days.push(version.confirmed_until || version.start || "");
  }
  return days.sort().pop() || "";
}

export class Form {
  /** @param page {bundle, lang, text}: the texts of the bundle in `lang`, the catalogue in `text` */
  constructor(page, placeId) {
    this.page = page;
    this.place = page.bundle.places[placeId];
    this.fields = new Map(); // name -> {read() -> {value} | {error}, focus: element, label}
    this.questions = new Map(); // fact -> the element that holds the question
  }

  /** Build the questions; gives the elements to put into the form. */
  build() {
    const {text} = this.page;
    const asked = this.place.asks_facts.filter((fact) => this.page.bundle.facts[fact]);
    const bill = this.onBill(asked);
    const group = (fact) => this.page.bundle.facts[fact].group;
    const pick = (...groups) => asked.filter((fact) => bill.has(fact) && groups.includes(group(fact)));
    const money = pick("money");
    const first = money.filter((fact) => fact === "total_cost");
    const finer = [...money.filter((fact) => fact !== "total_cost"), ...pick("year")];
    const rest = asked.filter((fact) => !bill.has(fact));
    return [
      this.group(text.group_when, [this.day()]),
      this.group(this.groupName("visit"), pick("visit").map((fact) => this.question(fact))),
      this.group(this.groupName("money"), [
        ...first.map((fact) => this.question(fact)),
        this.more(text.more_money, finer.map((fact) => this.question(fact))),
      ]),
      this.group(this.groupName("person"), pick("person", "household").map((fact) => this.question(fact))),
      this.more(text.more_help, this.byGroup(rest)),
    ];
  }

  /** The facts of which a bill may depend: all others only matter for cash and services. */
  onBill(asked) {
    const {facts} = this.page.bundle;
    const read = atoms(this.place.settles).map(([fact]) => fact);
    for (const policy of this.place.order.flat()) {
      for (const version of this.place.policies[policy]) read.push(...atoms(version).map(([fact]) => fact));
    }
    return new Set(asked.filter((fact) => read.includes(fact) || ["money", "year"].includes(facts[fact].group)));
  }

  groupName(group) {
    return this.page.say(this.page.bundle.terms.groups[group]);
  }

  group(title, questions) {
    if (!questions.some(Boolean)) return null;
    return el("section", {class: "mbe-group"}, el("h2", {}, title), questions);
  }

  more(title, questions) {
    if (!questions.length) return null;
    return el("details", {class: "mbe-more"}, el("summary", {}, title), questions);
  }

  byGroup(facts) {
    const groups = [...new Set(facts.map((fact) => this.page.bundle.facts[fact].group))];
    return groups.flatMap((group) => [
      el("h3", {}, this.groupName(group)),
      ...facts.filter((fact) => this.page.bundle.facts[fact].group === group).map((fact) => this.question(fact)),
    ]);
  }

  // one question

  day() {
    const {text} = this.page;
    const confirmed = lastConfirmedDay(this.place);
    return this.typed("date", "day", {
      label: text.date_question,
      hint: confirmed ? fill(text.date_why, {date: confirmed}) : text.date_why_short,
      name: text.date_name,
      value: confirmed,
      required: true,
    });
  }

  question(name) {
    const {bundle, say, text} = this.page;
    const fact = bundle.facts[name];
    const labels = {label: say(fact.question), hint: say(fact.why), name: say(fact.name)};
    if (fact.default === 0) labels.hint += " " + text.empty_is_zero;
    let question;
    if (fact.type === "bool") {
      const options = [["true", text.yes], ["false", text.no]];
      question = this.choice(name, options, labels, (value) => value === "true");
    } else if (fact.type === "choice") {
      const options = Object.entries(fact.options).map(([option, names]) => [option, say(names)]);
      question = this.choice(name, options, labels, (value) => value);
    } else if (fact.type === "whole" && fact.high && fact.high - (fact.low || 0) < FEW) {
      const options = [];
      for (let number = fact.low || 0; number <= fact.high; number += 1) options.push([String(number), String(number)]);
      question = this.choice(name, options, labels, Number);
    } else if (fact.type === "list") question = this.list(name, fact, labels);
    else if (fact.type === "items") question = this.items(name, fact, labels);
    else question = this.typed(name, fact.type, labels);
    this.questions.set(name, question);
    return question;
  }

  frame(name, {label, hint}, tiles) {
    const id = "mbe-why-" + name;
    return el("fieldset", {class: "mbe-question", "aria-describedby": id},
      el("legend", {}, label), el("p", {class: "mbe-why", id}, hint), el("div", {class: "mbe-tiles"}, tiles));
  }

  tile(type, name, value, label, checked) {
    const input = el("input", {type, name, value, checked});
    return el("label", {class: "mbe-tile"}, input, el("span", {}, label));
  }

  choice(name, options, labels, convert) {
    const {text} = this.page;
    const unknown = this.page.bundle.facts[name].may_not_know ? text.not_sure : text.leave_out;
    const tiles = [...options, [UNKNOWN, unknown]].map(([value, label]) => this.tile("radio", name, value, label, value === UNKNOWN));
    const question = this.frame(name, labels, tiles);
    const longest = Math.max(...options.map(([, label]) => ems(label)));
    if (options.length > 2 || longest > 2) question.classList.add(longest > 9 ? "mbe-many" : "mbe-pairs");
    this.fields.set(name, {
      label: labels.name,
      focus: tiles[0].firstChild,
      read: () => {
        const {value} = question.querySelector("input:checked");
        return value === UNKNOWN ? {} : {value: convert(value)};
      },
    });
    return question;
  }

  /** A list: the members that this place's rules tell apart, and "none of these", and "I do not know". */
  list(name, fact, labels) {
    const {say, text} = this.page;
    const told = new Set(atoms([this.place.settles, this.place.policies]).filter(([read]) => read === name).flatMap(([, values]) => values));
    const members = Object.keys(fact.options).filter((option) => told.has(option) && option !== NONE);
    const tiles = [
      ...members.map((option) => this.tile("checkbox", name, option, say(fact.options[option]), false)),
      this.tile("checkbox", name, NONE, text.none_of_these, false),
      this.tile("checkbox", name, UNKNOWN, text.not_sure, true),
    ];
    const inputs = tiles.map((tile) => tile.firstChild);
    const question = this.frame(name, labels, tiles);
    question.classList.add("mbe-many");
    const alone = (input) => input.value === UNKNOWN || input.value === NONE;
    question.addEventListener("change", ({target}) => {
      for (const input of inputs) {
        if (target.checked && input !== target && (alone(target) || alone(input))) input.checked = false;
      }
      if (!inputs.some((input) => input.checked)) inputs[inputs.length - 1].checked = true;
    });
    this.fields.set(name, {
      label: labels.name,
      focus: inputs[0],
      read: () => {
        const values = inputs.filter((input) => input.checked).map((input) => input.value);
        return values.includes(UNKNOWN) ? {} : {value: values};
      },
    });
    return question;
  }

  /** The lines of a bill: one amount for each category. */
  items(name, fact, labels) {
    const {say} = this.page;
    const parts = Object.entries(fact.options).map(([category, names]) => {
      const part = name + "." + category;
      const label = say(names);
      return [category, part, this.typed(part, "money", {label, hint: "", name: label})];
    });
    const read = parts.map(([category, part]) => [category, this.fields.get(part)]);
    for (const [, part] of parts) this.fields.get(part).part = true;
    this.fields.set(name, {
      label: labels.name,
      focus: read[0][1].focus,
      read: () => {
        const given = read.map(([category, field]) => [category, field.read()]);
        const wrong = given.find(([, {error}]) => error);
        if (wrong) return {error: wrong[1].error};
        const items = given.filter(([, {value}]) => value !== undefined).map(([category, {value}]) => ({category, amount: value}));
        return items.length ? {value: items} : {};
      },
    });
    return this.frame(name, labels, parts.map(([, , question]) => question));
  }

  typed(name, type, {label, hint, name: short, value, required}) {
    const {text} = this.page;
    const {parse, echo} = READ[type];
    const id = "mbe-field-" + name.replace(/\W/g, "-");
    const inputmode = type === "money" ? "decimal" : type === "whole" ? "numeric" : "text";
    const input = el("input", {
      id, name, type: "text", inputmode, autocomplete: "off", value,
      placeholder: text["example_" + type], "aria-describedby": id + "-why " + id + "-echo",
    });
    const output = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
    const read = () => {
      const typed = input.value.trim();
      if (!typed) return required ? {error: fill(text["wrong_" + type], {name: short, got: ""})} : {};
      const found = parse(typed);
      return found === null ? {error: fill(text["wrong_" + type], {name: short, got: typed})} : {value: found};
    };
    const listen = () => {
      const {value: found} = read();
      replace(output, found === undefined || String(found) === input.value.trim() ? "" : echo(found, text));
    };
    input.addEventListener("input", listen);
    input.addEventListener("restore", listen);
    this.fields.set(name, {label: short, focus: input, read});
    const unit = type === "money" ? el("span", {class: "mbe-unit", "aria-hidden": "true"}, text.yuan) : null;
    const question = el("div", {class: "mbe-question"},
      el("label", {class: "mbe-label", for: id}, label),
      el("p", {class: "mbe-why", id: id + "-why"}, hint),
      el("div", {class: "mbe-typed"}, input, unit, output));
    return question;
  }

  // the answers

  /** Read every answer: {date, facts} and the `errors` [{name, label, text, focus}]. */
  read() {
    const facts = {};
    const errors = [];
    let date;
    for (const [name, field] of this.fields) {
      if (field.part) continue;
      const {value, error} = field.read();
      this.mark(name, error);
      if (error) errors.push({name, text: error, focus: field.focus});
      else if (name === "date") date = value;
      else if (value !== undefined) facts[name] = value;
    }
    return {date, facts, errors};
  }

  /** Show beside its field that an answer is wrong (or that it is right again). */
  mark(name, error) {
    const {focus} = this.fields.get(name);
    const question = focus.closest(".mbe-question");
    const shown = question.querySelector(":scope > .mbe-wrong");
    if (shown) shown.remove();
    if (focus.type === "text") focus.setAttribute("aria-invalid", error ? "true" : "false");
    if (error) question.append(el("p", {class: "mbe-wrong"}, error));
  }

  /** Mark the questions without an answer that would make the result narrower. */
  markWanted(needs) {
    const {text} = this.page;
    for (const [fact, question] of this.questions) {
      const old = question.querySelector(":scope > .mbe-wanted");
      if (old) old.remove();
      if (needs.includes(fact)) question.prepend(el("p", {class: "mbe-wanted"}, text.wanted));
    }
  }

  /** What was typed and chosen, as plain data for `restore`. */
  raw(form) {
    const kept = {};
    for (const input of form.elements) {
      if (!input.name) continue;
      if (!["radio", "checkbox"].includes(input.type)) kept[input.name] = input.value;
      else if (input.checked) kept[input.name] = [...(kept[input.name] || []), input.value];
    }
    return kept;
  }

  restore(form, kept) {
    for (const input of form.elements) {
      const was = kept[input.name];
      if (!input.name || was === undefined) continue;
      if (["radio", "checkbox"].includes(input.type)) input.checked = was.includes(input.value);
      else input.value = was;
      input.dispatchEvent(new Event("restore"));
    }
  }
}
