// @ts-check
// The estimator's page: it puts the ways of asking, calculator and result together and gives `window.mingbai`.
// Answers stay in this tab (sessionStorage); nothing is sent anywhere.

import {isAnswered} from "../form/answers.js";
import {Cadre} from "../modes/household/household-form.js";
import {goTo, replace} from "../shared/dom.js";
import {metered} from "../engine/preload.js";
import {Engine} from "../engine/client.js";
import {isBegun} from "../modes/household/household.js";
import {usualDay} from "./usual-day.js";
import {readPage} from "./page.js";
import {Result} from "../result/result.js";
import {Status} from "./status.js";
import {forget, keep, remembered} from "./store.js";
import {textOnce} from "../shared/fetch-text.js";
import {Villager} from "../modes/wizard/wizard.js";
import {Whole} from "../modes/full-form/full-form.js";

const page = readPage();
const {config, text} = page;
const root = document.getElementById("mingbai-estimator");
const part = (name) => root.querySelector(".mbe-" + name);
const textOf = (address) => textOnce(address, config.silence_seconds);

// the calculator

/** The rules for the calculator: those of every place; but never others than those of the form that is open. */
async function rulesOfPage() {
  const all = await textOf(config.bundle);
  if (!page.bundle || JSON.parse(all).revision === config.revision) return all;
  status.tell(text.renewed);
  return textOf(addressOf(page.place));
}

const status = new Status(root, text);
const engine = new Engine(config, rulesOfPage, (news) => {
  status.show(news);
  if (news.state === "ready") setTimeout(() => page.form && ways[way].refresh()); // once it says so itself
});
status.filled = () => isAnswered(app.answers) || Boolean(app.household && isBegun(app.household));
status.asked = () => engine.ready.catch(() => {});

window.mingbai = {
  get ready() {
    return engine.ready.then(() => undefined);
  },
  /** The contract's result for {place, date, facts, inputs, lang}. */
  async estimate(request) {
    return JSON.parse(await this.estimateText(request));
  },
  /** The same as JSON text, byte for byte as the calculator wrote it. */
  estimateText(request) {
    return engine.estimateText({lang: config.lang, ...request});
  },
};

/** Start loading the calculator at the first answer, without waiting for it; not where bytes cost money. */
function warmUp() {
  status.quiet = false;
  if (!metered() && !engine.failures && !engine.loading) engine.ready.catch(() => {});
}

/** Start it unasked, and without a word, where that costs nobody anything. */
async function startEarly() {
  if (!(await engine.early().catch(() => false)) || engine.loading) return status.offerDownload(engine);
  status.quiet = true;
  await engine.ready.catch(() => void (engine.failures = 0)); // nobody asked, so nobody is told
  status.quiet = false;
}

// what the ways share
const shown = part("result");

const app = {
  page,
  engine,
  root,
  answers: {}, // raw, by name
  inputs: {}, // policy numbers that were typed in
  kept: {}, // what was typed into the result
  household: null,
  warmUp,
  /** Keep everything for this tab. */
  keep() {
    const {answers, inputs, kept, household} = app;
    keep({place: page.place, way, answers, inputs, kept, household, villager: ways.villager.state});
  },
  /** Estimate, with all that may go wrong told to the reader; {result}, {faults}, or {} where `retry` will be called. */
  async estimate(request, retry) {
    status.quiet = false;
    try {
      const result = await window.mingbai.estimate(request);
      if (result.revision === config.revision) return {result};
      status.fail("revision", () => location.reload());
    } catch (error) {
      if (error.reason === "faults") return {faults: error.faults};
      if (!error.reason) throw error;
      status.fail(error.reason, retry);
    }
    status.focusFailure();
    return {};
  },
  /** Estimate without a word: the result, or null. */
  async quietly(request) {
    const result = await window.mingbai.estimate(request).catch(() => null);
    return result && result.revision === config.revision ? result : null;
  },
  /** Show a result of `request`; ask(fact) leads to a question, again() works it out anew, `beside` stands under the answer. */
  showResult(request, result, {ask, again, beside = null}) {
    const view = new Result(page, result, app.actionsFor(request, ask, again));
    replace(shown, view.build());
    if (beside) shown.querySelector(".mbe-answer").after(beside);
    shown.hidden = false;
    goTo(shown.querySelector("#mbe-answer"));
  },
  actionsFor(request, ask, again) {
    return {
      request,
      ask,
      inputs: app.inputs,
      again: (typed) => {
        app.inputs = typed;
        app.keep();
        again();
      },
      estimate: (changes) => window.mingbai.estimate({...request, ...changes, facts: {...request.facts, ...changes.facts}}),
      kept: app.kept,
      keep: () => app.keep(),
    };
  },
  hideResult() {
    shown.hidden = true;
    replace(shown);
  },
  /** On the first screen one chooses place and way; later they are out of the way. */
  firstScreen(first) {
    part("where").hidden = !first && way === "villager";
    part("ways").hidden = !page.bundle || (!first && way === "villager");
    part("all").hidden = first || way !== "villager";
    document.body.classList.toggle("mbe-deep", !first && way === "villager");
  },
  /** Clear everything for the next person, who lives here too. */
  reset() {
    clear();
    ways[way].open({});
  },
};

const ways = {
  villager: new Villager(app, part("villager")),
  whole: new Whole(app, /** @type {HTMLFormElement} */ (part("form")), part("errors")),
  household: new Cadre(app, part("household")),
};
let way = matchMedia("(max-width: 40em)").matches ? "villager" : "whole";

function clear() {
  forget();
  app.answers = {};
  app.inputs = {};
  app.kept = {};
  app.household = null;
  ways.villager.forget();
  app.hideResult();
}

/** Ask in another way; the answers stay. */
function switchTo(name, state) {
  ways[way].close();
  way = name;
  for (const each of Object.keys(ways)) part(each === "whole" ? "form" : each).hidden = each !== name;
  for (const button of part("ways").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.dataset.way === name ? "true" : "false");
  }
  app.hideResult();
  app.firstScreen(true);
  ways[name].open(state);
}

// the place

const places = /** @type {HTMLSelectElement} */ (part("place"));

const addressOf = (place) => config.places + place + ".json";

/** Fetch the chosen place's rules and show its questions. */
async function open(state) {
  status.failure.hidden = true;
  const place = places.value;
  ways[way].close();
  app.hideResult();
  page.place = place;
  page.bundle = null;
  page.form = null;
  part("ways").hidden = true;
  if (!place) return;
  status.say(text.opening);
  try {
    const rules = await textOf(addressOf(place));
    if (place !== places.value) return; // another one was chosen meanwhile
    const bundle = JSON.parse(rules);
    if (bundle.revision !== config.revision) {
      status.fail("revision", () => location.reload());
      status.focusFailure();
      return;
    }
    page.bundle = bundle;
    const {form} = bundle.places[place];
    page.form = {...form, day: usualDay(form.days)};
  } catch (_) {
    status.fail("network", () => open(state));
    return;
  }
  status.done();
  switchTo(way, state);
}

/** Begin where this tab left off, if it did. */
function begin() {
  const kept = remembered();
  const wanted = location.hash.slice(1) || kept.place; // a place's own pages lead here with its id
  if (places.options && [...places.options].some(({value}) => value === wanted)) places.value = wanted;
  part("where").hidden = !places.options;
  const same = Boolean(kept.place) && kept.place === places.value;
  if (same) {
    for (const name of ["answers", "inputs", "kept", "household"]) app[name] = kept[name] || app[name];
    if (kept.way in ways) way = kept.way;
  }
  open(same ? kept.villager : {});
}

places.addEventListener("change", () => {
  clear();
  open({});
});
part("ways").addEventListener("click", ({target}) => {
  const button = /** @type {Element} */ (target).closest("button");
  if (button && button.dataset.way !== way) {
    switchTo(button.dataset.way);
    app.keep();
  }
});
part("all").addEventListener("click", () => {
  switchTo("whole");
  app.keep();
  root.scrollIntoView({block: "start"});
});

begin();
startEarly();
