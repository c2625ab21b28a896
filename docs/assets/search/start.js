// @ts-check
// The field of the search. What searches is loaded when somebody touches the field, or on the search page at once;
// what is typed stays in this page: it stands in no address, no storage and no request.
const box = document.querySelector(".mb-search");
const form = box.querySelector("form");
const said = box.querySelector(".mb-search__said");
const config = JSON.parse(box.querySelector("script").textContent);
let loading = null;

async function load() {
  said.textContent = config.text.loading;
  const [{default: MiniSearch}, {Engine}, {Results}, data] = await Promise.all([
    import("./minisearch.js"),
    import("./engine.js"),
    import("./results.js"),
    fetch(config.index).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))))),
  ]);
  const engine = new Engine(MiniSearch, data);
  await engine.prepare();
  said.textContent = "";
  Object.assign(box, {mingbai: engine}); // for whoever wants to look or measure
  return new Results(box, engine, config);
}

function start() {
  if (!loading) {
    loading = load();
    loading.catch(() => {
      said.textContent = config.text.failed;
      loading = null; // the next touch tries again
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
