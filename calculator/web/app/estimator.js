// @ts-check
// Entry of the estimator's page: connects the modes of asking, the calculator and the result; defines `window.mingbai`.
// Answers stay in this tab (sessionStorage); nothing is sent anywhere.

import {isAnswered} from "../form/answers.js";
import {told} from "../form/said-back.js";
import {HouseholdForm} from "../modes/household/household-form.js";
import {goTo, replace} from "../shared/dom.js";
import {metered} from "../engine/preload.js";
import {Engine} from "../engine/client.js";
import {isBegun} from "../modes/household/household.js";
import {usualDay} from "./usual-day.js";
import {readPage} from "./page.js";
import {Result} from "../result/result.js";
import {markCurrent, markOutdated, watchNumbers} from "../result/outdated.js";
import {Status} from "./status.js";
import {clearState, saveState, savedState} from "./store.js";
import {fetchTextOnce} from "../shared/fetch-text.js";
import {Wizard} from "../modes/wizard/wizard.js";
import {FullForm} from "../modes/full-form/full-form.js";

/** @import {App, Bundle, EstimateResult, HouseholdRequest, PlaceForm} from "../../../types/estimator" */

const page = readPage();
const {config, text} = page;
const root = /** @type {HTMLElement} */ (document.getElementById("mingbai-estimator"));
/** An element of the template. @param {string} name @returns {HTMLElement} */
const elementOf = (name) => /** @type {HTMLElement} */ (root.querySelector(".mbe-" + name));
/** @param {string} address */
const fetchOnce = (address) => fetchTextOnce(address, config.silence_seconds);

// the calculator

/** The rules to load into the calculator: of all places, or of this place only if the site was published anew meanwhile. */
async function rulesForCalculator() {
  const allPlaces = await fetchOnce(config.bundle);
  if (!page.bundle || JSON.parse(allPlaces).revision === config.revision) return allPlaces;
  status.notify(text.renewed);
  return fetchOnce(rulesAddress(page.place));
}

const status = new Status(root, text);
const engine = new Engine(config, rulesForCalculator, (report) => {
  status.show(report);
  if (report.state === "ready") setTimeout(() => page.form && modes[mode].refresh()); // after `isReady` has become true
});
status.hasAnswers = () => isAnswered(app.answers) || Boolean(app.household && isBegun(app.household));
status.retryDefault = () => engine.ready.catch(() => {});

window.mingbai = {
  get ready() {
    return engine.ready.then(() => undefined);
  },
  /**
   * The contract's result for {place, date, facts, inputs, lang}.
   *
   * @param {EstimateRequest | HouseholdRequest} request
   */
  async estimate(request) {
    return JSON.parse(await this.estimateText(request));
  },
  /**
   * The same as JSON text, byte for byte as the calculator wrote it.
   *
   * @param {EstimateRequest | HouseholdRequest} request
   */
  estimateText(request) {
    return engine.estimateText({lang: config.lang, ...request});
  },
  /**
   * What is understood of a text, as `mingbai read` prints it; at once.
   *
   * @param {string} fact
   * @param {string} typed
   */
  read(fact, typed) {
    return told(page, fact, typed);
  },
};

/** Start loading the calculator at the first answer, without waiting for it; not on a metered connection. */
function warmUp() {
  status.quiet = false;
  if (!metered() && !engine.failures && !engine.loading) engine.ready.catch(() => {});
}

/** Load the calculator when the page opens, without showing progress, where that costs the reader nothing. */
async function preload() {
  if (!(await engine.mayPreload().catch(() => false)) || engine.loading) return status.offerDownload(engine);
  status.quiet = true;
  await engine.ready.catch(() => void (engine.failures = 0)); // nobody asked for it, so a failure is not shown
  status.quiet = false;
}

// what all modes share

const resultElement = elementOf("result");
watchNumbers(resultElement, text);
let workOutAnew = () => /** @type {unknown} */ (undefined); // what is shown there

/** @type {App} */
const app = {
  page,
  engine,
  root,
  answers: {},
  inputs: {},
  resultForms: {},
  household: null,
  warmUp,
  /** Save everything for this tab. */
  save() {
    const {answers, inputs, resultForms, household} = app;
    saveState({place: page.place, way: mode, answers, inputs, kept: resultForms, household, villager: modes.villager.state});
  },
  /** Estimate, and show the reader what goes wrong: {result}, {faults}, or {} if `retry` may be called later. */
  async estimate(request, retry) {
    status.quiet = false;
    try {
      /** @type {any} */ const result = await window.mingbai.estimate(request); // any: of a person or of a household
      if (result.revision === config.revision) return {result};
      status.fail("revision", () => location.reload());
    } catch (caught) {
      const error = /** @type {import("../engine/client.js").EngineError} */ (caught);
      if (error.reason === "faults") return {faults: error.faults};
      if (!error.reason) throw error;
      status.fail(error.reason, retry);
    }
    status.focusFailure();
    return {};
  },
  /** Estimate without showing failures: the result, or null. */
  async estimateQuietly(request) {
    const result = await window.mingbai.estimate(request).catch(() => null);
    return result && result.revision === config.revision ? result : null;
  },
  /**
   * Show the result of `request`. ask(fact) goes to a question, again() estimates anew, `below` is placed after the
   * answer.
   */
  showResult(request, result, {ask, again, below = null}) {
    const view = new Result(page, result, app.actionsFor(request, ask, again));
    replace(resultElement, view.build());
    markCurrent(resultElement);
    workOutAnew = again;
    if (below) /** @type {HTMLElement} */ (resultElement.querySelector(".mbe-answer")).after(below);
    resultElement.hidden = false;
    goTo(/** @type {HTMLElement} */ (resultElement.querySelector("#mbe-answer")));
  },
  actionsFor(request, ask, again) {
    return {
      request,
      ask,
      inputs: app.inputs,
      again: (inputs) => {
        app.inputs = inputs;
        app.save();
        again();
      },
      estimate: (changes) => {
        const changed = {...request, ...changes, facts: {...request.facts, ...changes.facts}};
        return window.mingbai.estimate(/** @type {EstimateRequest} */ (changed)); // JSON leaves out what is undefined
      },
      forms: app.resultForms,
      save: () => app.save(),
    };
  },
  outdateResult() {
    markOutdated(resultElement, text, workOutAnew);
  },
  hideResult() {
    resultElement.hidden = true;
    replace(resultElement);
  },
  /** Show the choice of place and mode on the first screen of the wizard, and hide it on later ones. */
  firstScreen(isFirst) {
    const isDeep = !isFirst && mode === "villager";
    elementOf("where").hidden = isDeep;
    elementOf("ways").hidden = !page.bundle || isDeep;
    elementOf("all").hidden = isFirst || mode !== "villager";
    document.body.classList.toggle("mbe-deep", isDeep);
  },
  /** Clear everything for the next person, who lives in the same place. */
  reset() {
    clear();
    modes[mode].open({});
  },
};

/** @typedef {"villager" | "whole" | "household"} Mode as the template (data-way) and the saved state call it */

const modes = {
  villager: new Wizard(app, elementOf("villager")),
  whole: new FullForm(app, /** @type {HTMLFormElement} */ (elementOf("form")), elementOf("errors")),
  household: new HouseholdForm(app, elementOf("household")),
};
/** @type {Mode} */
let mode = matchMedia("(max-width: 40em)").matches ? "villager" : "whole";

function clear() {
  clearState();
  app.answers = {};
  app.inputs = {};
  app.resultForms = {};
  app.household = null;
  modes.villager.clear();
  app.hideResult();
}

/** Switch to another mode; the answers stay. @param {Mode} name @param {object} [state] of the wizard */
function switchTo(name, state) {
  modes[mode].close();
  mode = name;
  for (const other of Object.keys(modes)) elementOf(other === "whole" ? "form" : other).hidden = other !== name;
  for (const button of elementOf("ways").querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.dataset.way === name ? "true" : "false");
  }
  app.hideResult();
  app.firstScreen(true);
  modes[name].open(state);
}

// the place

const placeSelect = /** @type {HTMLSelectElement} */ (elementOf("place"));

/** @param {string} place */
const rulesAddress = (place) => config.places + place + ".json";

/** Fetch the rules of the chosen place and show its questions. @param {object} state of the wizard */
async function openPlace(state) {
  status.failure.hidden = true;
  const place = placeSelect.value;
  modes[mode].close();
  app.hideResult();
  page.place = place;
  page.bundle = /** @type {any} */ (null); // any: nobody asks for them before a place is open
  page.form = /** @type {any} */ (null);
  elementOf("ways").hidden = true;
  if (!place) return;
  status.showLoading(text.opening);
  try {
    const rules = await fetchOnce(rulesAddress(place));
    if (place !== placeSelect.value) return; // another place was chosen meanwhile
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
    status.fail("network", () => openPlace(state));
    return;
  }
  status.hideLoading();
  switchTo(mode, state);
}

/** Open the place in the address or the saved one, with the saved answers if they belong to it. */
function restore() {
  const saved = savedState();
  const wanted = location.hash.slice(1) || saved.place; // the pages of a place link here with its id
  if (placeSelect.options && [...placeSelect.options].some(({value}) => value === wanted)) placeSelect.value = wanted;
  elementOf("where").hidden = !placeSelect.options;
  const samePlace = Boolean(saved.place) && saved.place === placeSelect.value;
  if (samePlace) {
    app.answers = saved.answers || app.answers;
    app.inputs = saved.inputs || app.inputs;
    app.household = saved.household || app.household;
    app.resultForms = saved.kept || app.resultForms;
    if (saved.way in modes) mode = saved.way;
  }
  openPlace(samePlace ? saved.villager : {});
}

placeSelect.addEventListener("change", () => {
  clear();
  openPlace({});
});
elementOf("ways").addEventListener("click", ({target}) => {
  const button = /** @type {Element} */ (target).closest("button");
  if (button && button.dataset.way !== mode) {
    switchTo(/** @type {Mode} */ (button.dataset.way));
    app.save();
  }
});
elementOf("all").addEventListener("click", () => {
  switchTo("whole");
  app.save();
  root.scrollIntoView({block: "start"});
});

restore();
preload();
