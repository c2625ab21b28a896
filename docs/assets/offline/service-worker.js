// @ts-check
// Service worker: stores pages on the device and serves them without a network. Published as /sw.js, without comments.
//
// Each file is stored under its address and the hash of its content, in one of three caches (runtime, data, pages), so
// that an update downloads only files that changed. An edition is the list of files of one build (`offline_manifest`);
// a page and everything that it loads come from one edition. A new edition is downloaded beside the old one and is used
// from the next page view after it is complete.

/**
 * @typedef {[string, number, number?]} Listed a file: its hash, its compressed size in kB, of a large file its bytes
 * @typedef {{folder: string, rules: string, base: string[], kit: string[], files: Record<string, Listed>}} List
 * @typedef {{version: string, revision: string, lists: Record<string, List>, files: Record<string, Listed>}} Edition
 *
 * @typedef {object} State What is saved between two starts of this worker.
 * @property {string} [now] version of the edition in use
 * @property {string} [next] version of the edition that is complete, and used from the next page view
 * @property {number} checked when an edition was looked for, in ms
 * @property {number} [waiting] kB that wait for a tap
 * @property {{from: string, to: string, fetched: string[]} | null} [news]
 * @property {Record<string, string>} clients version of the edition that each open page is from; "" for none
 * @property {Record<string, {starts: string[], saved: number}>} kept the stored places
 *
 * @typedef {object} Job What a page asks for; each job reads its own of these.
 * @property {string} job
 * @property {string} lang
 * @property {boolean | number} force
 * @property {number} most
 * @property {string[]} paths
 * @property {string} name
 * @property {string[]} starts
 * @property {string[]} gone
 *
 * @typedef {(done: number) => void} Tell reports the kB that are done
 */

const HOME = registration.scope;
const NAME = "mingbai " + HOME; // other sites may lie under the same host
const GROUPS = ["runtime", "data", "pages"];
const PATIENCE_MS = 3000; // how long to wait for a page before the stored one is shown
const SILENCE_MS = 30000;
const PAUSE_MS = 3600000; // between two checks for a new edition

/** @type {Set<string>} */ const verified = new Set(); // stored files whose hash was checked since this worker started
/** @type {Set<string>} */ const copies = new Set(); // clients whose page came from the store
/** @type {Record<string, Edition>} */ const editions = {};
/** @type {Promise<State>} */ let known;
/** @type {Promise<unknown>} */ let line = Promise.resolve();

/** Run jobs one after the other. @template Done @param {() => Promise<Done>} job @returns {Promise<Done>} */
function inLine(job) {
  const done = line.then(job, job);
  line = done;
  return done;
}

const shelf = (group = "") => caches.open(NAME + group);
/** @param {string} key @param {object} value */
const write = async (key, value) => (await shelf()).put(HOME + "?" + key, new Response(JSON.stringify(value)));
/** What was written, or null. @param {string} key @returns {Promise<any>} any: State or Edition */
const read = (key) => shelf().then((cache) => cache.match(HOME + "?" + key)).then((found) => /** @type {Response} */ (found).json()).catch(() => null);
const state = () => (known = known || read("").then((found) => found || {clients: {}, kept: {}, checked: 0}));
const save = async () => write("", await known);

/** @param {string} [version] @returns {Promise<Edition>} an Edition; falsy if there is none */
async function edition(version = "") {
  const found = editions[version] || (version && (await read(version)));
  if (found) found.files = found.files || Object.assign({}, ...Object.values(/** @type {Edition} */ (found).lists).map((list) => list.files));
  return (editions[version] = found);
}

const newest = () => state().then(({next, now}) => edition(next || now));

/** @param {BufferSource} body */
async function sha(body) {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return btoa(String.fromCharCode(...new Uint8Array(digest, 0, 6)));
}
/** @param {string} path @param {Edition} of */
const key = (path, of) => HOME + path + "?" + of.files[path][0];
/** @param {string} path */
const store = (path) => shelf(path.startsWith("assets/runtime/") ? "runtime" : path.startsWith("data/") ? "data" : "pages");

/** A stored file of an edition, or null; a damaged one is deleted. @param {string} path @param {Edition | null} of */
async function kept(path, of) {
  if (!of || !of.files[path]) return null;
  const name = key(path, of);
  const cache = await store(path);
  const found = await cache.match(name);
  if (!found || verified.has(name)) return found;
  if ((await sha(await found.clone().arrayBuffer())) === of.files[path][0]) {
    verified.add(name);
    return found;
  }
  await cache.delete(name);
  return null;
}

/**
 * Store a file; false if its hash is not the one in the edition.
 *
 * @param {string} path
 * @param {Edition} of
 * @param {{headers: Headers}} response
 * @param {BufferSource} body
 */
async function put(path, of, {headers}, body) {
  if ((await sha(body)) !== of.files[path][0]) return false;
  await (await store(path)).put(key(path, of), new Response(body, {headers}));
  return true;
}

/**
 * Fetch a complete file; fails if nothing is received for a while.
 *
 * @param {string} path
 * @param {RequestCache} cache
 * @param {(bytes: number) => void} [count]
 * @returns {Promise<[Response, ArrayBuffer]>}
 */
async function load(path, cache, count) {
  const stop = new AbortController();
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), SILENCE_MS);
  };
  wait();
  try {
    const response = await fetch(HOME + path, {cache, signal: stop.signal});
    if (!response.ok) throw new Error();
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    const pieces = [];
    for (let piece; !(piece = await reader.read()).done; wait()) {
      pieces.push(piece.value);
      if (count) count(piece.value.length);
    }
    return [response, await new Response(new Blob(pieces)).arrayBuffer()];
  } finally {
    clearTimeout(timer);
  }
}
/**
 * Store one file of an edition; true if it was fetched. If only the revision changed, it is made from the edition
 * `before`.
 *
 * @param {string} path
 * @param {Edition} of
 * @param {Edition | null} before
 * @param {(bytes: number) => void} [count]
 */
async function take(path, of, before, count) {
  if (await kept(path, of)) return false;
  const old = before && (await kept(path, before));
  const made = old && (await old.text()).split(before.revision).join(of.revision);
  if (old && (await put(path, of, old, new TextEncoder().encode(made || "")))) return false;
  for (const cache of /** @type {RequestCache[]} */ (["no-cache", "reload"])) {
    if (await put(path, of, ...(await load(path, cache, count)))) return true;
  }
  throw new Error("changed");
}

/**
 * Store many files, four at a time; returns those that were fetched.
 *
 * @param {string[]} paths
 * @param {Edition} of
 * @param {Edition | null} before
 * @param {Tell} tell
 */
async function takeAll(paths, of, before, tell) {
  const todo = [...new Set(paths)].filter((path) => of.files[path]);
  /** @type {string[]} */ const fetched = [];
  let done = 0;
  const lane = async () => {
    for (let path; (path = todo.shift()) !== undefined; ) {
      const [, size, bytes] = of.files[path];
      let got = 0;
      const count = bytes ? (/** @type {number} */ length) => tell(done + (size * (got += length)) / bytes) : undefined;
      try {
        if (await take(path, of, before, count)) fetched.push(path);
      } catch (error) {
        todo.length = 0;
        throw error;
      }
      tell((done += size));
    }
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return fetched;
}

/** @param {Edition} of @param {string[]} starts */
const under = (of, starts) => Object.keys(of.files).filter((path) => starts.some((start) => path.startsWith(start)));

/** The addresses of all stored files. */
async function stored() {
  const found = await Promise.all(GROUPS.map(async (group) => (await shelf(group)).keys()));
  return new Set(found.flat().map(({url}) => url));
}

/** @type {Record<string, (data: Job, tell: Tell, client: string) => Promise<any>>} any: what each job answers */
const jobs = {
  /** Check for a new edition and download what is stored of it. It is not used before it is complete. */
  async check({force, most, lang}, tell) {
    const now = await state();
    if (!force && Math.abs(Date.now() - now.checked) < PAUSE_MS) return undefined;
    /** @param {string} path @param {RequestCache} cache */
    const json = async (path, cache) => new Response((await load(path, cache))[1]).json();
    const root = await json("offline.json", "no-cache");
    now.checked = Date.now();
    const before = await newest();
    const langs = new Set([lang, ...Object.keys(before ? before.lists : {})]);
    const {version, revision} = root;
    const same = before && before.version === version;
    if (!same || !before.lists[lang]) {
      /** @type {Record<string, List>} */ const lists = {};
      for (const each of langs) lists[each] = await json(root.lists[each], "default"); // its name has a hash; a truncated one is no JSON
      await write(version, {version, revision, lists});
      delete editions[version];
    }
    const of = await edition(version);
    if (!before) now.now = version;
    if (before && !same) {
      const there = await stored();
      const here = Object.keys(before.files).filter((path) => there.has(key(path, before)));
      const folders = here.filter((path) => path.startsWith("assets/")).map((path) => path.replace(/[^/]*$/, ""));
      const todo = here.concat(under(of, folders.concat(...Object.values(now.kept).map(({starts}) => starts))));
      // Only large files, those of the runtime, list their bytes. On a metered connection they wait for a tap.
      const heavy = [...new Set(todo)].filter((path) => of.files[path] && of.files[path][2] && !there.has(key(path, of)));
      now.waiting = heavy.reduce((sum, path) => sum + of.files[path][1], 0);
      if (now.waiting <= most) {
        now.waiting = 0;
        const news = now.news || {from: before.revision, fetched: []};
        now.news = {...news, to: revision, fetched: [...news.fetched, ...(await takeAll(todo, of, before, tell))]};
        now.next = version;
      }
    }
    await save();
    return newest();
  },

  /** Store a page and the files that it loaded. */
  async visit({lang, paths}, tell) {
    const of = await speaking(lang);
    await takeAll(of.lists[lang].base.concat(paths), of, null, tell);
  },

  /** Store a place: all paths with one of the prefixes `starts`. */
  async keep({lang, name, starts}, tell) {
    const of = await speaking(lang);
    await takeAll(under(of, starts), of, null, tell);
    (await known).kept[name] = {starts, saved: Date.now()};
    await save();
  },

  /** Remove a place: `gone` are the files that nothing else needs. */
  async remove({name, gone}) {
    delete (await state()).kept[name];
    await tidy(gone);
  },

  async seen() {
    (await state()).news = null;
    await save();
  },

  /** The state for the page. */
  async state({lang}, tell, client) {
    const now = await state();
    const of = await newest();
    const there = await stored();
    const files = of ? Object.keys(of.files).filter((path) => there.has(key(path, of))) : [];
    return {...now, copy: copies.has(client), revision: of && of.revision, list: of && of.lists[lang], files};
  },
};

/** Look for a new edition. @param {string} lang */
const check = (lang) => jobs.check(/** @type {Job} */ ({force: 1, most: 0, lang}), Boolean, "");

/** The newest edition; fetched if its list of a language is missing. @param {string} lang @returns {Promise<Edition>} */
async function speaking(lang) {
  const of = await newest();
  return of && of.lists[lang] ? of : check(lang);
}

/** Delete files that no edition in use lists, and those in `gone`. @param {string[]} gone */
async function tidy(gone) {
  const now = await state();
  for (const id in now.clients) if (!(await clients.get(id))) delete now.clients[id];
  const versions = [now.now, now.next, ...Object.values(now.clients)];
  const named = new Set(["", ...versions].map((version) => HOME + "?" + version));
  for (const version of versions) {
    const of = await edition(version);
    for (const path in of ? of.files : {}) if (!gone.includes(path)) named.add(key(path, of));
  }
  for (const group of ["", ...GROUPS]) {
    const cache = await shelf(group);
    for (const {url} of await cache.keys()) if (!named.has(url)) await cache.delete(url);
  }
  await save();
}

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
scope.addEventListener("install", skipWaiting);
scope.addEventListener("activate", (event) => event.waitUntil(clients.claim()));

scope.addEventListener("message", (event) => {
  const {data, ports} = event;
  const {id} = /** @type {Client} */ (event.source);
  /** @type {Tell} */ const tell = (done) => ports[0].postMessage({done});
  const job = () => jobs[data.job](data, tell, id);
  event.waitUntil((data.job === "state" ? job() : inLine(job)).catch(({name, message}) => ({failed: [name, message]})).then((result) => ports[0].postMessage({result})));
});

scope.addEventListener("fetch", (event) => {
  const {method, url, mode, headers} = event.request;
  const path = url.split(/[?#]/)[0].slice(HOME.length);
  if (method !== "GET" || !url.startsWith(HOME) || headers.has("range")) return;
  event.respondWith(mode === "navigate" ? page(event, path) : part(event, path));
});

/**
 * A page: from the network if it answers in time, else the stored one, else the list of what is stored.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function page(event, path) {
  const now = await state();
  if (now.next) {
    now.now = now.next;
    now.next = "";
    event.waitUntil(inLine(() => tidy([])));
  }
  const of = await edition(now.now);
  const copy = await kept(path, of);
  const id = event.resultingClientId;
  const arriving = fetch(event.request);
  event.waitUntil(arriving.then((response) => look(response.clone(), path, id, of)).catch(() => {}));
  /** @type {Promise<never>} */ const late = new Promise((_, reject) => copy && setTimeout(reject, PATIENCE_MS));
  const response = await Promise.race([arriving, late]).catch(() => null);
  if (response && (response.status < 500 || !copy)) return response;
  if (copy) {
    now.clients[id] = now.now || "";
    copies.add(id);
    event.waitUntil(save());
    return copy;
  }
  const folders = Object.values(of ? of.lists : {}).map(({folder}) => folder);
  for (const folder of folders.sort().reverse()) {
    const instead = folder + "offline/";
    if (path.startsWith(folder) && (await kept(instead, of))) return Response.redirect(HOME + instead + "#/" + path);
  }
  return Response.error();
}

/**
 * Store a page that came from the network; if it is of the stored edition, everything it loads is served from that one.
 *
 * @param {Response} response
 * @param {string} path
 * @param {string} id
 * @param {Edition} of
 */
async function look(response, path, id, of) {
  if (!response.ok || !of || !of.files[path]) return;
  const now = await state();
  const same = await put(path, of, response, await response.arrayBuffer()).catch(() => true);
  now.clients[id] = now.clients[id] || (same ? of.version : "");
  await save();
  if (!same) await inLine(() => check(Object.keys(of.lists)[0]));
}

/**
 * A file that a page loads, from the page's own edition. A page of a newer edition gets no older file.
 *
 * @param {FetchEvent} event
 * @param {string} path
 */
async function part(event, path) {
  const {request, clientId, resultingClientId} = event;
  const now = await state();
  const version = now.clients[clientId];
  if (resultingClientId && version) now.clients[resultingClientId] = version; // a worker of the page
  const of = await edition(version === undefined ? now.now : version);
  const copy = await kept(path, of);
  if (copy && (version || /\.[0-9a-f]{16}\.\w+$/.test(path))) return copy;
  const response = await fetch(request).catch(() => null);
  if (response && response.ok && of && of.files[path]) {
    const body = response.clone().arrayBuffer();
    event.waitUntil(body.then((bytes) => put(path, of, response, bytes)).catch(() => {}));
  }
  return response || copy || Response.error();
}
