// The estimator's page: it puts form, calculator and result together and gives `window.mingbai`.
// Answers stay in this tab (sessionStorage); nothing is sent anywhere.

import {el, fill, goTo, isolated, replace, standsIn} from "./dom.js";
import {Engine} from "./engine.js";
import {Form} from "./form.js";
import {Result} from "./result.js";
import {fetchText} from "./texts.js";

const KEPT = "mingbai-estimator";
const MEGABYTE = 1000000;

const {config, text} = JSON.parse(document.getElementById("mingbai-ui").textContent);
const root = document.getElementById("mingbai-estimator");

const page = {
  config,
  text,
  lang: config.lang,
  bundle: null,
  say: (names) => (names ? names[config.lang] || standIn(names) : ""),
};
standsIn(config.instead[0]);

/** What stands in for a text that is not translated. */
function standIn(names) {
  const found = config.instead.find(({id}) => names[id]);
  return isolated(found ? names[found.id] : names.zh);
}

// the calculator

const fetched = {}; // texts by address

/** A file's text, fetched once; after a failure the next call tries again. */
function textOf(address) {
  if (!fetched[address]) {
    fetched[address] = fetchText(address, config.silence_seconds);
    fetched[address].catch(() => delete fetched[address]);
  }
  return fetched[address];
}

// The calculator gets every place, so that it needs no network later; the form only the place that was chosen.
const engine = new Engine(config, () => textOf(config.bundle), (news) => showLoading(news));

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

// the page

const form = root.querySelector("form");
const questions = form.querySelector(".mbe-questions");
const buttons = form.querySelector(".mbe-buttons");
const submit = form.querySelector(".mbe-submit");
const summary = form.querySelector(".mbe-errors");
const loading = root.querySelector(".mbe-loading");
const failure = root.querySelector(".mbe-failure");
const shown = root.querySelector(".mbe-result");

let asked = null; // the Form
let inputs = {}; // policy numbers that were typed in
let afterRetry = null; // what to do once the calculator is there after all
let quiet = false; // the calculator was started before anybody asked for it, so nobody waits for it

function showLoading({state, loaded, total, reason}) {
  if (state === "kept" || state === "not_kept" || quiet) return;
  loading.hidden = !(state === "loading" || state === "starting");
  if (state === "loading" || state === "starting") {
    failure.hidden = true;
    const bar = loading.querySelector("progress");
    if (total) bar.value = loaded / total;
    else bar.removeAttribute("value");
    replace(loading.querySelector(".mbe-loading-text"), state === "starting"
      ? text.starting
      : fill(total ? text.loading : text.loading_first, {loaded: megabytes(loaded), total: megabytes(total)}));
  }
  if (state === "failed") showFailure(reason);
}

function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(1);
}

function showFailure(reason) {
  replace(failure.querySelector(".mbe-failure-text"), text["fail_" + reason] || text.fail_broken);
  failure.querySelector("button").hidden = reason === "old_browser";
  failure.hidden = false;
  loading.hidden = true;
  busy(false);
}

function busy(yes) {
  submit.setAttribute("aria-disabled", yes ? "true" : "false");
  replace(submit, yes ? text.working : text.submit);
}

/** Start loading the calculator without waiting for it; what goes wrong is shown by `showLoading`. */
function warmUp() {
  quiet = false;
  if (!engine.failures) engine.ready.catch(() => {});
}

/** Start it unasked, and without a word, where that costs nobody anything. */
async function startEarly() {
  if (!(await engine.early().catch(() => false)) || engine.loading) return;
  quiet = true;
  await engine.ready.catch(() => void (engine.failures = 0)); // nobody asked, so nobody is told
  quiet = false;
}

function chosenPlace() {
  return form.elements.place.value;
}

function showQuestions(kept) {
  asked = new Form(page, chosenPlace());
  replace(questions, asked.build());
  if (kept) asked.restore(form, kept);
  form.hidden = false;
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({answers: asked.raw(form), inputs}));
  } catch (_) {
    // a browser that keeps nothing: the answers last as long as the page
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {};
  } catch (_) {
    return {};
  }
}

function forgetAnswers() {
  try {
    sessionStorage.removeItem(KEPT);
  } catch (_) {
    // as above
  }
}

function forget() {
  forgetAnswers();
  inputs = {};
  const place = chosenPlace(); // the next person lives here too
  form.reset();
  form.elements.place.value = place;
  showErrors([]);
  showQuestions(null);
  shown.hidden = true;
  replace(shown);
  goTo(form.querySelector("input:not([type=hidden]), select"));
}

/** The summary of what is wrong: focused, each line leads to its field. */
function showErrors(errors) {
  summary.hidden = !errors.length;
  replace(summary);
  if (!errors.length) return;
  const link = (error) => el("a", {
    href: "#",
    onclick: (event) => {
      event.preventDefault();
      goTo(error.focus);
    },
  }, error.text);
  summary.append(el("h2", {}, text.errors), el("ul", {}, errors.map((error) => el("li", {}, error.focus ? link(error) : error.text))));
  goTo(summary);
}

function faultErrors(faults) {
  return faults.map((fault) => {
    const field = asked.fields.get(fault.name);
    if (field) asked.mark(fault.name, fault.text);
    const label = field ? fault.text.split(fault.name).join(field.label) : fault.text;
    return {text: label, focus: field && field.focus};
  });
}

async function run() {
  if (submit.getAttribute("aria-disabled") === "true") return;
  const {date, facts, errors} = asked.read();
  showErrors(errors);
  if (errors.length) return;
  keep();
  busy(true);
  quiet = false;
  afterRetry = run;
  try {
    const result = await window.mingbai.estimate({place: chosenPlace(), date, facts, inputs});
    afterRetry = null;
    if (ofThisPage(result)) showResult(result);
  } catch (error) {
    if (error.reason === "faults") showErrors(faultErrors(error.faults));
    else if (error.reason) {
      showFailure(error.reason);
      goTo(failure);
    } else throw error;
  } finally {
    busy(false);
  }
}

function showResult(result) {
  const view = new Result(page, result, {
    inputs,
    ask: (fact) => {
      const field = asked.fields.get(fact);
      if (field) goTo(field.focus);
    },
    again: (typed) => {
      inputs = typed;
      run();
    },
  });
  replace(shown, view.build());
  shown.hidden = false;
  asked.markWanted(result.needs.map(({fact}) => fact));
  goTo(shown.querySelector("#mbe-answer"));
}

/** Whether something is of the policies that this page was made from; if they were published anew meanwhile, say so. */
function ofThisPage({revision}) {
  if (revision === config.revision) return true;
  afterRetry = () => location.reload();
  showFailure("revision");
  goTo(failure);
  return false;
}

/** Fetch the chosen place's rules and show its questions. */
async function open(kept) {
  failure.hidden = true;
  loading.hidden = false;
  replace(loading.querySelector(".mbe-loading-text"), text.opening);
  const place = chosenPlace();
  replace(questions);
  buttons.hidden = !place;
  if (!place) {
    loading.hidden = true;
    return;
  }
  try {
    const rules = await textOf(config.places + place + ".json");
    if (place !== chosenPlace()) return; // another one was chosen meanwhile
    const bundle = JSON.parse(rules);
    if (!ofThisPage(bundle)) return;
    page.bundle = bundle;
  } catch (error) {
    afterRetry = () => open(kept);
    showFailure("network");
    return;
  }
  loading.hidden = true;
  showQuestions(kept);
}

/** Begin where this tab left off, if it did. */
function begin() {
  const kept = remembered();
  inputs = kept.inputs || {};
  const answers = kept.answers || {};
  const wanted = location.hash.slice(1) || answers.place; // a place's own pages lead here with its id
  const {options} = form.elements.place;
  if (options && [...options].some(({value}) => value === wanted)) form.elements.place.value = wanted;
  form.hidden = false;
  if (chosenPlace()) open(answers.place === chosenPlace() ? answers : null);
  else buttons.hidden = true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
form.addEventListener("input", warmUp); // not "focusin": what shows up then could slip under a finger
form.addEventListener("change", (event) => {
  if (event.target.name === "place") {
    inputs = {};
    shown.hidden = true;
    forgetAnswers();
    open(null);
    return;
  }
  keep();
});
form.querySelector(".mbe-reset").addEventListener("click", forget);
failure.querySelector("button").addEventListener("click", () => {
  failure.hidden = true;
  if (afterRetry) afterRetry();
  else engine.ready.catch(() => {});
});

begin();
startEarly();
