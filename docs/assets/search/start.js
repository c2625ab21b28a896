// @ts-check
// The search field. The search itself is loaded when the field is focused, or at once on the search page. What is typed
// stays in this page: it is in no address, storage or request.
const box = /** @type {HTMLElement} */ (document.querySelector(".mb-search"));
const form = /** @type {HTMLFormElement} */ (box.querySelector("form"));
const status = /** @type {HTMLElement} */ (box.querySelector(".mb-search__said"));
const config = JSON.parse(/** @type {HTMLScriptElement} */ (box.querySelector("script")).textContent);
/** @type {ReturnType<typeof load> | null} */ let loading = null;

async function load() {
  status.textContent = config.text.loading;
  const [{default: MiniSearch}, {SearchEngine}, {Results}, data] = await Promise.all([
    import("./minisearch.js"),
    import("./engine.js"),
    import("./results.js"),
    fetch(config.index).then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status))))),
  ]);
  const engine = new SearchEngine(MiniSearch, data);
  await engine.prepare();
  status.textContent = "";
  Object.assign(box, {mingbai: engine}); // for tests and measurements
  return new Results(box, engine, config);
}

function start() {
  if (!loading) {
    loading = load();
    loading.catch(() => {
      status.textContent = config.text.failed;
      loading = null; // the next focus tries again
    });
  }
  return loading;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  start().then((results) => results.submit(), () => {});
});
form.addEventListener("focusin", start);
form.hidden = false;
if (config.now) start();
