// A result, shown: the answer first, then who pays what and why, then what else there is. Every sentence
// comes from the calculator, the bundle or the catalogue; nothing is worked out here but the widths of a bar.

import {el, fill, goTo, replace} from "./dom.js";
import {parseMoney, parseRate, showMoney, showRate} from "./numbers.js";

const YOU = {}; // stands in the list of payers for the person
const PATTERNS = 6; // so many payers look different in the bar

export class Result {
  /**
   * @param page {bundle, config, lang, text, say}
   * @param result the contract's result
   * @param actions {ask(fact) to go to a question, again(inputs) to estimate with policy numbers}
   */
  constructor(page, result, actions) {
    this.page = page;
    this.result = result;
    this.actions = actions;
    this.place = page.bundle.places[result.place];
  }

  build() {
    const {text} = this.page;
    const {result} = this;
    return [
      this.answer(),
      this.needs(),
      this.bars(),
      this.list(text.who_pays, [...result.lines, ...(result.self_pays ? [YOU] : [])], (line) => (line === YOU ? this.you() : this.line(line))),
      this.missing(),
      this.list(text.cash, result.cash, (cash) => this.cash(cash)),
      this.list(text.subsidies, result.subsidies, (subsidy) => this.benefit(subsidy, this.amount(subsidy.amount))),
      this.folded(text.services, result.services, (service) => this.benefit(service, this.summary(service))),
      this.folded(text.statuses, result.statuses, (status) => this.benefit(status, status.because)),
      this.folded(text.may_also_help, result.may_also_help, (aid) => this.benefit(aid, aid.because)),
      this.folded(text.undecided, result.undecided, (item) => this.undecided(item)),
      this.folded(text.not_eligible, result.not_eligible, (item) => this.notEligible(item)),
      this.folded(text.assumptions, result.assumptions, (sentence) => [sentence.replace(/^R\d+ /, "")]),
      this.stamp(),
    ];
  }

  // words

  /** A range as the reader sees it: an amount, two amounts, or at least an amount. */
  amount(range) {
    const {text} = this.page;
    if (!range) return text.no_amount;
    const low = showMoney(range.low);
    if (range.high === null) return fill(text.money_at_least, {low});
    if (range.low === range.high) return fill(text.money, {amount: low});
    return fill(text.money_range, {low, high: showMoney(range.high)});
  }

  payer(id) {
    return this.page.say(this.page.bundle.terms.payers[id]);
  }

  fact(id) {
    return this.page.say(this.page.bundle.facts[id].name);
  }

  version({policy, version}) {
    const versions = this.place.policies[policy.split("/")[1]] || [];
    return versions.find(({id}) => id === version);
  }

  summary(item) {
    const version = this.version(item);
    return version ? this.page.say(version.summary) : "";
  }

  title(item) {
    const version = this.version(item);
    return item.title || (version && this.page.say(version.title)) || item.policy;
  }

  // the answer

  answer() {
    const {text} = this.page;
    const {result} = this;
    return el("div", {class: "mbe-answer"},
      el("h2", {id: "mbe-answer", tabindex: "-1"}, this.headline()),
      result.self_pays ? el("p", {class: "mbe-caveat"}, text.caveat) : null,
      this.cannotSay() ? el("p", {}, this.reason()) : null,
      result.self_pays && result.self_pays_is === "before_insurance" ? el("p", {}, text.before_insurance) : null,
      result.total_cost ? el("p", {class: "mbe-of"}, this.whole()) : null,
      result.bounds === "outer" ? el("p", {}, text.outer) : null);
  }

  headline() {
    const {text} = this.page;
    const {self_pays: pays} = this.result;
    if (pays) {
      const [before, after] = text.answer.split("{amount}");
      return [before, el("strong", {class: pays.low === pays.high ? null : "mbe-range"}, this.amount(pays)), after];
    }
    return [this.cannotSay() ? text.cannot_say : text.no_bill];
  }

  /** A bill was given, but the place's rules do not settle it. */
  cannotSay() {
    return !this.result.self_pays && this.result.total_cost;
  }

  /** The reason is the last of the assumptions (contract: "null, with the reason among assumptions"). */
  reason() {
    const {assumptions} = this.result;
    return assumptions[assumptions.length - 1];
  }

  whole() {
    const {total_cost: total, eligible_cost: eligible} = this.result;
    return fill(this.page.text.of_total, {total: this.amount(total), eligible: this.amount(eligible)});
  }

  needs() {
    const {text} = this.page;
    const needs = this.result.needs.filter(({affects, fact}) => affects === "bill" && this.page.bundle.facts[fact]);
    if (!needs.length || this.cannotSay()) return null;
    return el("div", {class: "mbe-needs"},
      el("p", {}, this.result.total_cost ? text.needs : text.needs_bill),
      this.chips(needs.map(({fact}) => fact)));
  }

  /** Buttons that lead to the questions of these facts. */
  chips(facts, before) {
    const chip = (fact) => el("button", {type: "button", class: "mbe-chip", onclick: () => this.actions.ask(fact)}, this.fact(fact));
    return el("ul", {class: "mbe-chips"}, before ? el("li", {}, before) : null, facts.map((fact) => el("li", {}, chip(fact))));
  }

  // who pays what

  /** One bar where the result is exact, two for the ends of a range. */
  bars() {
    const {text} = this.page;
    const {result} = this;
    if (!result.self_pays) return null;
    if (!("at_low" in result)) return this.bar(null, result);
    return [[text.at_low, result.at_low], [text.at_high, result.at_high]]
      .filter(([, settlement]) => settlement)
      .map(([label, settlement]) => this.bar(label, settlement));
  }

  bar(label, {lines, self_pays: pays}) {
    const {text} = this.page;
    const total = Number(this.result.total_cost.low);
    if (!total) return null;
    const parts = lines.map((line) => ({
      name: this.payer(line.payer), amount: line.amount.low, look: this.look(line), mark: this.number(line),
    }));
    parts.push({name: text.you, amount: pays.low, look: "self", mark: text.you});
    const shown = parts.filter(({amount}) => Number(amount) > 0);
    const spoken = shown.map(({name, amount}) => name + " " + fill(text.money, {amount: showMoney(amount)})).join(text.comma);
    const bar = el("div", {class: "mbe-bar", role: "img", "aria-label": (label ? label + text.colon : "") + spoken});
    for (const {amount, look, mark} of shown) {
      const share = (100 * Number(amount)) / total;
      const part = el("span", {class: "mbe-part mbe-look-" + look}, share >= 9 ? el("span", {class: "mbe-mark"}, mark) : null);
      part.style.setProperty("width", share + "%");
      bar.append(part);
    }
    const caption = label ? el("figcaption", {}, label, text.colon, fill(text.answer, {amount: fill(text.money, {amount: showMoney(pays.low)})})) : null;
    return el("figure", {class: "mbe-figure"}, caption, bar);
  }

  number({policy}) {
    return String(this.result.lines.findIndex((line) => line.policy === policy) + 1);
  }

  look(line) {
    return String((Number(this.number(line)) - 1) % PATTERNS);
  }

  line(line) {
    const {text} = this.page;
    const payer = this.payer(line.payer);
    return [
      el("div", {class: "mbe-row"},
        el("span", {class: "mbe-swatch mbe-look-" + this.look(line), "aria-hidden": "true"}, el("span", {class: "mbe-mark"}, this.number(line))),
        el("span", {class: "mbe-who"}, this.title(line) === payer ? el("b", {}, this.linked(line)) : [el("b", {}, payer), text.colon, this.linked(line)]),
        el("span", {class: "mbe-amount"}, this.amount(line.amount))),
      el("p", {}, line.explanation),
      this.footing(line),
    ];
  }

  you() {
    const {text} = this.page;
    return el("div", {class: "mbe-row"},
      el("span", {class: "mbe-swatch mbe-look-self", "aria-hidden": "true"}, el("span", {class: "mbe-mark"}, text.you)),
      el("b", {class: "mbe-who"}, text.you_pay),
      el("span", {class: "mbe-amount"}, this.amount(this.result.self_pays)));
  }

  /** In what state the version is, since when it holds, and on which lines of which document it rests. */
  footing(item) {
    const {text, say, bundle} = this.page;
    const version = this.version(item);
    const since = version && (version.start ? fill(text.since, {date: version.start}) : text.since_unknown);
    const sources = (item.source || []).map((source) => {
      const document = bundle.sources && bundle.sources[source.document];
      const lines = [...new Set([].concat(source.lines))].join("–");
      const certainty = source.certainty === "stated" || !bundle.terms.certainty ? "" : say(bundle.terms.certainty[source.certainty]);
      return fill(text.source, {title: document ? say(document.title) : source.document, lines}) +
        (certainty ? fill(text.in_brackets, {note: certainty}) : "");
    });
    return [
      this.state(item),
      sources.length || since
        ? el("p", {class: "mbe-source"}, since, sources.length ? el("span", {}, text.rests_on, sources.join(text.semicolon)) : null)
        : null,
    ];
  }

  state(item) {
    const {text} = this.page;
    const version = this.version(item);
    if (item.state === "in_force" || !item.state) return null;
    const sentence = item.state === "unconfirmed" && version && version.confirmed_until
      ? fill(text.unconfirmed, {date: version.confirmed_until})
      : this.page.say(this.page.bundle.terms.states[item.state]);
    return el("p", {class: "mbe-state"}, sentence);
  }

  // what else there is

  cash(cash) {
    const {text} = this.page;
    const year = cash.year_amount ? fill(text.in_year, {year: this.result.date.slice(0, 4), amount: this.amount(cash.year_amount)}) : text.no_amount;
    return [
      el("div", {class: "mbe-row"}, el("span", {class: "mbe-who"}, this.linked(cash)), el("span", {class: "mbe-amount"}, year)),
      el("p", {}, cash.explanation),
      this.footing(cash),
    ];
  }

  benefit(item, sentence) {
    return [el("b", {}, this.linked(item)), sentence ? el("p", {}, sentence) : null, this.state(item)];
  }

  undecided(item) {
    const {text} = this.page;
    return [
      el("b", {}, this.linked(item)),
      item.up_to ? el("span", {}, fill(text.up_to, {amount: this.amount({low: item.up_to.high, high: item.up_to.high})})) : null,
      this.chips(item.needs, text.depends_on),
    ];
  }

  notEligible(item) {
    const {text} = this.page;
    const wanted = (item.would_need || []).filter(Boolean);
    return [
      el("b", {}, this.linked(item)),
      el("p", {}, item.because),
      wanted.length ? el("p", {}, fill(text.would_need, {list: wanted.join(text.semicolon)})) : null,
    ];
  }

  linked(item) {
    const {config} = this.page;
    const title = this.title(item);
    return config.policy_url ? el("a", {href: config.policy_url + item.policy + "/"}, title) : title;
  }

  // numbers that the documents do not print

  missing() {
    const {text} = this.page;
    const {missing} = this.result;
    const given = this.actions.inputs;
    const asked = [...missing, ...this.given(missing, given)];
    if (!asked.length) return null;
    const fields = asked.map((item) => this.number_field(item, given[item.input]));
    const form = el("form", {class: "mbe-missing", novalidate: true}, el("h3", {}, text.missing), el("p", {}, text.missing_why),
      fields.map(({element}) => element), el("button", {type: "submit", class: "mbe-second"}, text.again));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wrong = fields.map(({check}) => check()).find(Boolean);
      if (wrong) return goTo(wrong);
      const inputs = {};
      for (const {name, read} of fields) if (read()) inputs[name] = read();
      return this.actions.again(inputs);
    });
    return form;
  }

  /** The numbers that were typed in: they are no longer missing, but one may want to change them. */
  given(missing, inputs) {
    const all = Object.values(this.place.policies).flat().flatMap((version) => Object.entries(version.numbers));
    return Object.keys(inputs)
      .filter((input) => !missing.some((item) => item.input === input))
      .map((input) => ({input, asks: this.page.say(all.find(([name]) => name === input)[1].question)}));
  }

  number_field({input: name, asks, low, high}, value) {
    const {text} = this.page;
    const rate = Object.values(this.place.policies).flat().some(({numbers}) => numbers[name] && numbers[name].unit === "rate");
    const [parse, show] = rate ? [parseRate, showRate] : [parseMoney, showMoney];
    const id = "mbe-input-" + name.replace(/\W/g, "-");
    const limits = low === undefined || (!rate && !high) ? "" : fill(text.limits, {low: show(low), high: high ? show(high) : ""});
    const input = el("input", {id, type: "text", inputmode: "decimal", autocomplete: "off", placeholder: rate ? text.example_rate : text.example_money,
      value: value ? show(value) : "", "aria-describedby": id + "-why " + id + "-echo"});
    const wrong = el("p", {class: "mbe-wrong", hidden: true});
    const echo = el("output", {class: "mbe-echo", id: id + "-echo", for: id});
    const read = () => parse(input.value);
    input.addEventListener("input", () => {
      const found = input.value.trim() ? read() : null;
      replace(echo, found === null ? "" : rate ? fill(text.understood, {value: show(found)}) : fill(text.understood_money, {amount: show(found)}));
    });
    const check = () => {
      const bad = input.value.trim() !== "" && read() === null;
      wrong.hidden = !bad;
      replace(wrong, bad ? fill(text[rate ? "wrong_rate" : "wrong_money"], {name: asks, got: input.value}) : "");
      input.setAttribute("aria-invalid", bad ? "true" : "false");
      return bad ? input : null;
    };
    const element = el("div", {class: "mbe-question"}, el("label", {class: "mbe-label", for: id}, asks), el("p", {class: "mbe-why", id: id + "-why"}, limits),
      el("div", {class: "mbe-typed"}, input, el("span", {class: "mbe-unit", "aria-hidden": "true"}, rate ? "%" : text.yuan), echo), wrong);
    return {name, element, read, check};
  }

  // frames

  list(title, items, show) {
    if (!items || !items.length) return null;
    return el("div", {class: "mbe-block"}, el("h3", {}, title), el("ol", {class: "mbe-list"}, items.map((item) => el("li", {}, show(item)))));
  }

  folded(title, items, show) {
    if (!items || !items.length) return null;
    return el("details", {class: "mbe-more"},
      el("summary", {}, fill(this.page.text.count, {title, n: String(items.length)})),
      el("ul", {class: "mbe-list"}, items.map((item) => el("li", {}, show(item)))));
  }

  stamp() {
    const {text, say} = this.page;
    const {date, revision, engine} = this.result;
    return el("p", {class: "mbe-stamp"}, fill(text.stamp, {place: say(this.place.name), date, revision, engine}));
  }
}
