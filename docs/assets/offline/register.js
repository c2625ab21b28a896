// @ts-check
// Registers the service worker, lets it store the open page, and asks for its state. If there is something to show,
// loads kept-pages.js, which shows it. Without a service worker (WeChat on iOS) nothing is stored.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL("..", script.src).href;
  const lang = script.dataset.lang || "";
  const UNASKED_KB = 500; // the largest update without a tap on a metered connection

  /**
   * Send a job to the worker; `onProgress` is called with the kilobytes that are done.
   *
   * @param {string} job
   * @param {object} [options]
   * @param {(done: number) => void} [onProgress]
   * @returns {Promise<any>} any: what the job answers
   */
  async function ask(job, options, onProgress) {
    const {active} = await navigator.serviceWorker.ready;
    const channel = new MessageChannel();
    const answer = new Promise((resolve) => {
      channel.port1.onmessage = ({data}) => {
        if ("done" in data) onProgress && onProgress(data.done);
        else resolve(data.result);
      };
    });
    /** @type {ServiceWorker} */ (active).postMessage({job, lang, ...options}, [channel.port2]);
    return answer;
  }

  /** The paths of this page and of the files that it loaded. */
  function loadedPaths() {
    const urls = [location.href, ...performance.getEntriesByType("resource").map(({name}) => name)];
    return urls.filter((url) => url.startsWith(home)).map((url) => url.slice(home.length).split(/[?#]/)[0]);
  }

  const box = /** @type {HTMLElement} */ (document.querySelector("[data-mb-keep], [data-mb-kept]")); // null on most pages
  /** @returns {Promise<typeof import("./kept-pages.js")>} */
  const loadView = () => import(home + "assets/offline-page.js");

  /** Show that this browser cannot store pages. On a page opened as a file even the texts are missing. */
  function showUnsupported() {
    if (box) loadView().then((view) => view.showUnsupported({home, lang, box})).catch(() => {});
  }

  async function start() {
    try {
      if (!(await navigator.serviceWorker.register(home + "sw.js", {updateViaCache: "none"}))) throw new Error();
    } catch (_) {
      showUnsupported();
      return;
    }
    const update = async () => {
      const state = await ask("state");
      if (state.news || state.waiting || state.copy || box) await (await loadView()).show({home, lang, box, ask, state});
    };
    await update();
    const visited = await ask("visit", {paths: loadedPaths()});
    const {saveData, type} = navigator.connection || {};
    const checked = await ask("check", {most: saveData || type === "cellular" ? UNASKED_KB : Infinity});
    if ((visited && visited.failed) && (checked && checked.failed)) return;
    await update();
  }

  if (!lang) return;
  if (!navigator.serviceWorker || !window.caches || !window.MessageChannel) {
    showUnsupported();
  } else if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
