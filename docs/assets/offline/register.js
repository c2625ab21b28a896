// @ts-check
// Registers the service worker, has it keep the page that is open, and asks it what there is to say. What it says is
// said by offline-page.js, which is loaded only then. Without a service worker (WeChat on iOS) nothing is kept.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL("..", script.src).href;
  const lang = script.dataset.lang;
  const metered = () => {
    const {saveData, type} = navigator.connection || {};
    return Boolean(saveData) || type === "cellular";
  };
  const UNASKED_KB = 500; // what an update may cost there without a tap

  /** Ask the worker to do a job; `tell` hears how many kilobytes are done. */
  async function ask(job, more, tell) {
    const {active} = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    const answer = new Promise((resolve) => {
      channel.port1.onmessage = ({data}) => {
        if ("done" in data) tell && tell(data.done);
        else resolve(data.result);
      };
    });
    active.postMessage(Object.assign({job, lang}, more), [channel.port2]);
    return answer;
  }

  function addresses() {
    const parts = performance.getEntriesByType("resource").map(({name}) => name);
    const own = [location.href].concat(parts).map((url) => url.split(/[?#]/)[0]);
    return own.filter((url) => url.indexOf(home) === 0).map((url) => url.slice(home.length));
  }

  const box = document.querySelector("[data-mb-keep], [data-mb-kept]");
  const page = () => import(home + "assets/offline-page.js");

  /** Say that nothing can be kept here; from a file not even the words can be had. */
  function cannot() {
    if (box) page().then((said) => said.cannot({home, lang, box})).catch(() => {});
  }

  async function begin() {
    try {
      if (!(await navigator.serviceWorker.register(home + "sw.js", {updateViaCache: "none"}))) throw new Error();
    } catch (_) {
      cannot();
      return;
    }
    let state = await ask("state");
    const talk = async () => (await page()).show({home, lang, box, ask, state, metered: metered()});
    const speaks = () => state.news || state.waiting || state.copy || box;
    if (speaks()) await talk();
    const kept = await ask("visit", {paths: addresses()});
    const looked = await ask("check", {most: metered() ? UNASKED_KB : Infinity});
    if ((kept && kept.failed) && (looked && looked.failed)) return;
    state = await ask("state");
    if (speaks()) await talk();
  }

  if (!lang) return;
  if (!navigator.serviceWorker || !window.caches || !window.MessageChannel) {
    cannot();
  } else if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
