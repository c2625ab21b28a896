// @ts-check
// The calculator as the page sees it: it loads when it is first asked for, tells how far it is, and answers.

import {fetchedBefore, noteFetched, unmetered, wasFetched} from "./preload.js";
import {fetchText} from "../shared/fetch-text.js";

/** Why something could not be done: `reason` names a sentence of the catalogue (`fail_<reason>`). */
export class EngineError extends Error {
  constructor(reason, detail) {
    super(detail || reason);
    this.reason = reason;
    this.faults = [];
  }
}

/** Whether this browser has what Pyodide needs. Tried, not guessed from the browser's name. */
function canRun() {
  return typeof Worker === "function" && typeof WebAssembly === "object" && typeof WebAssembly.Tag === "function" &&
    typeof ReadableStream === "function" && typeof AbortController === "function";
}

function newWorker() {
  return new Worker(new URL("worker.js", import.meta.url));
}

export class Engine {
  /**
   * @param config `runtime` (address of the folder with runtime.json); `silence_seconds` (longest wait for the next
   *   piece of a download), `boot_seconds` (longest wait after the last one), `snapshot_seconds` (the same with a
   *   snapshot), `snapshot_after_seconds` (how long after the start one is made), `answer_seconds` (longest wait for
   *   an estimate)
   * @param bundle function that returns a promise of the bundle's text
   * @param report called with {state: "loading" | "starting" | "ready" | "failed", loaded, total, reason}
   */
  constructor(config, bundle, report) {
    this.config = config;
    this.bundle = bundle;
    this.report = report;
    this.runtime = new URL(config.runtime, document.baseURI).href;
    this.loading = null;
    this.begun = null; // what a start that broke off has got so far
    this.worker = null;
    this.waiting = new Map();
    this.last = 0;
    this.failures = 0;
    this.cache = "default";
  }

  /** A promise that the calculator is there. The first call starts the loading, so does the first after a failure. */
  get ready() {
    if (!this.loading) {
      this.loading = this.load();
      this.loading.catch((error) => {
        this.loading = null;
        this.failures += 1;
        this.report({state: "failed", reason: error.reason});
      });
    }
    return this.loading;
  }

  /** Whether it answers at once. */
  get isReady() {
    return this.worker !== null;
  }

  /** How many bytes have to be fetched; 0 where all of them came before. */
  async size() {
    const manifest = await this.manifest();
    return wasFetched(this.runtime, manifest) ? 0 : Object.values(manifest.files).reduce((sum, {packed}) => sum + packed, 0);
  }

  /** Whether the loading may start before anybody asked for it: it costs nothing, or has been paid for. */
  async early() {
    if (this.loading || this.failures || !canRun()) return false;
    if (unmetered()) return true;
    return Boolean(fetchedBefore()) && wasFetched(this.runtime, await this.manifest());
  }

  async manifest() {
    return JSON.parse(await fetchText(this.runtime + "runtime.json", this.config.silence_seconds));
  }

  async load() {
    if (!canRun()) throw new EngineError("old_browser");
    this.report({state: "loading", loaded: 0, total: 0});
    try {
      await this.start("use");
    } catch (error) {
      if (!error.snapshot) throw error;
      await this.start("no"); // it did no good; without it, in a new worker
    }
    this.report({state: "ready"});
  }

  /** Go on with what was begun, or begin. */
  async start(snapshot) {
    const begun = this.begun || (this.begun = {worker: newWorker(), manifest: null, bundle: false, snapshot: false});
    try {
      await Promise.all([this.boot(begun, snapshot), this.sendBundle(begun)]);
    } catch (error) {
      // After "network" the worker has what came so far, and goes on when it is told to.
      if (error.reason !== "network" || !begun.manifest) {
        begun.worker.terminate();
        this.begun = null;
      }
      if (error.reason === "broken") this.cache = "reload";
      throw error;
    }
    this.begun = null;
    this.worker = begun.worker;
    this.worker.onmessage = ({data}) => this.settle(data);
    this.worker.onerror = (event) => this.crashed("broken", event.message);
    noteFetched(this.runtime, begun.manifest);
    if (!begun.snapshot) setTimeout(() => this.makeSnapshot(begun.manifest), this.config.snapshot_after_seconds * 1000);
  }

  async sendBundle(begun) {
    if (begun.bundle) return;
    begun.worker.postMessage({type: "bundle", text: await this.bundle()});
    begun.bundle = true;
  }

  async boot(begun, snapshot) {
    const manifest = begun.manifest || await this.manifest();
    const booted = this.follow(begun);
    if (begun.manifest) begun.worker.postMessage({type: "resume"});
    else begun.worker.postMessage(this.order(manifest, this.cache, snapshot));
    begun.manifest = manifest;
    await booted;
  }

  order(manifest, cache, snapshot) {
    return {type: "start", runtime: this.runtime, manifest, cache, snapshot, stallSeconds: this.config.silence_seconds / 3};
  }

  /** A promise of the worker's being ready; it is broken when the worker says so, or nothing for too long. */
  follow(begun) {
    const {worker} = begun;
    return new Promise((resolve, reject) => {
      let timer;
      const fail = (reason, detail) => {
        clearTimeout(timer);
        reject(Object.assign(new EngineError(reason, detail), {snapshot: begun.snapshot}));
      };
      const patience = (seconds) => {
        clearTimeout(timer);
        timer = setTimeout(() => fail("silent"), seconds * 1000);
      };
      worker.onerror = (event) => fail("broken", event.message);
      worker.onmessage = ({data}) => {
        if (data.type === "progress") {
          patience(this.config.silence_seconds);
          this.report({state: "loading", loaded: data.loaded, total: data.total});
        } else if (data.type === "starting") {
          begun.snapshot = data.snapshot;
          patience(data.snapshot ? this.config.snapshot_seconds : this.config.boot_seconds);
          this.report({state: "starting", loaded: 1, total: 1});
        } else if (data.type === "ready") {
          clearTimeout(timer);
          resolve();
        } else fail(data.type === "paused" ? "network" : data.reason, data.detail);
      };
      patience(this.config.silence_seconds);
    });
  }

  /** Have a snapshot made for the next time, in a worker of its own that never sees an answer. Costs no bytes. */
  makeSnapshot(manifest) {
    if (!window.caches || !window.crypto || !crypto.subtle) return;
    const worker = newWorker();
    const timer = setTimeout(() => worker.terminate(), this.config.boot_seconds * 1000);
    worker.onmessage = ({data}) => {
      if (data.type !== "kept" && data.type !== "failed" && data.type !== "paused") return;
      clearTimeout(timer);
      worker.terminate();
      this.report({state: data.type === "kept" ? "kept" : "not_kept", detail: data.detail});
    };
    worker.postMessage(this.order(manifest, "only-if-cached", "keep"));
  }

  settle({id, kind, text}) {
    const asked = this.waiting.get(id);
    if (!asked) return undefined;
    if (kind === "error") return this.crashed("broken", text); // Python itself gave up: nothing it says now is sure
    this.forget(id);
    if (kind === "result") return asked.resolve(text);
    const error = new EngineError("faults", text);
    error.faults = JSON.parse(text);
    error.message = error.faults.map((fault) => fault.text).join("\n");
    return asked.reject(error);
  }

  forget(id) {
    clearTimeout(this.waiting.get(id).timer);
    this.waiting.delete(id);
  }

  /** The worker is of no use any more: start another one, and ask it what was left open; each question twice at most. */
  crashed(reason, detail) {
    if (!this.worker) return;
    this.worker.terminate();
    this.worker = null;
    this.loading = null;
    const open = [...this.waiting.values()];
    for (const asked of open) this.forget(asked.id);
    for (const asked of open) {
      if (asked.again) asked.reject(new EngineError(reason, detail));
      else this.ask({...asked, again: true}).catch(asked.reject);
    }
  }

  async ask(asked) {
    await this.ready;
    asked.timer = setTimeout(() => this.crashed("slow"), this.config.answer_seconds * 1000);
    this.waiting.set(asked.id, asked);
    this.worker.postMessage({type: "estimate", id: asked.id, request: asked.request, lang: asked.lang});
  }

  /** Work out one estimate; gives the result's JSON text. Rejects with an EngineError (`faults` of the request). */
  estimateText(request) {
    const id = (this.last += 1);
    return new Promise((resolve, reject) => {
      this.ask({id, request: JSON.stringify(request), lang: request.lang, resolve, reject, again: false}).catch(reject);
    });
  }
}
