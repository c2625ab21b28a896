// @ts-check
// Client of the calculator's worker: loads it on first use, reports progress, and sends requests to it.

import {lastFetched, rememberFetched, unmetered, wasFetched} from "./preload.js";
import {fetchText} from "../shared/fetch-text.js";

/** @import {FromWorker, Manifest, StartMessage, ToWorker} from "../../../types/engine" */
/** @import {EstimateFault, EstimateRequest, HouseholdRequest} from "../../../types/estimate" */

/**
 * @typedef {object} Report What the client tells the page of its state.
 * @property {"loading" | "starting" | "ready" | "failed" | "kept" | "not_kept"} state
 * @property {number} [loaded] compressed bytes
 * @property {number} [total]
 * @property {string} [reason] of a failure, as in the catalogue
 * @property {string} [detail]
 *
 * @typedef {object} Config
 * @property {string} runtime address of the folder with runtime.json
 * @property {number} silence_seconds longest wait for the next bytes of a download
 * @property {number} boot_seconds longest wait after the last bytes
 * @property {number} snapshot_seconds the same when a snapshot is used
 * @property {number} snapshot_after_seconds when a snapshot is made after the start
 * @property {number} answer_seconds longest wait for an estimate
 *
 * @typedef {object} Attempt A start in progress, or one that the network interrupted.
 * @property {Worker} worker
 * @property {Manifest | null} manifest
 * @property {boolean} bundleSent
 * @property {boolean} usesSnapshot
 *
 * @typedef {object} Call A request without an answer.
 * @property {number} id
 * @property {string} request
 * @property {string} lang
 * @property {boolean} isRetry
 * @property {number} [timer]
 * @property {(text: string) => void} resolve
 * @property {(error: unknown) => void} reject
 */

/** `reason` names a sentence of the catalogue (`fail_<reason>`); `faults` are those of the request. */
export class EngineError extends Error {
  /** @param {string} reason @param {string} [detail] */
  constructor(reason, detail) {
    super(detail || reason);
    this.reason = reason;
    this.usedSnapshot = false;
    /** @type {EstimateFault[]} */ this.faults = [];
  }
}

/** Whether this browser has what Pyodide needs, by its features and not by its name. */
function canRun() {
  return typeof Worker === "function" && typeof WebAssembly === "object" && typeof WebAssembly.Tag === "function" &&
    typeof ReadableStream === "function" && typeof AbortController === "function";
}

function newWorker() {
  return new Worker(new URL("worker.js", import.meta.url));
}

export class Engine {
  /**
   * @param {Config} config
   * @param {() => Promise<string>} loadBundle returns a promise of the bundle's text
   * @param {(report: Report) => void} report
   */
  constructor(config, loadBundle, report) {
    this.config = config;
    this.loadBundle = loadBundle;
    this.report = report;
    this.runtime = new URL(config.runtime, document.baseURI).href;
    /** @type {Promise<void> | null} */ this.loading = null;
    /** @type {Attempt | null} */ this.attempt = null;
    /** @type {Worker | null} */ this.worker = null;
    /** @type {Map<number, Call>} */ this.pending = new Map(); // by id
    this.lastId = 0;
    this.failures = 0;
    /** @type {RequestCache} */ this.cache = "default";
  }

  /** Resolves when the calculator can answer. The first call, and the first after a failure, starts the loading. */
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

  /** Whether requests are answered without waiting for the start. */
  get isReady() {
    return this.worker !== null;
  }

  /** The size of the download in bytes; 0 if it was loaded before. */
  async size() {
    const manifest = await this.manifest();
    return wasFetched(this.runtime, manifest) ? 0 : Object.values(manifest.files).reduce((sum, {packed}) => sum + packed, 0);
  }

  /** Whether loading may start before the reader asks for it: the connection is free, or the files are cached. */
  async mayPreload() {
    if (this.loading || this.failures || !canRun()) return false;
    if (unmetered()) return true;
    return Boolean(lastFetched()) && wasFetched(this.runtime, await this.manifest());
  }

  /** @returns {Promise<Manifest>} */
  async manifest() {
    return JSON.parse(await fetchText(this.runtime + "runtime.json", this.config.silence_seconds));
  }

  async load() {
    if (!canRun()) throw new EngineError("old_browser");
    this.report({state: "loading", loaded: 0, total: 0});
    try {
      await this.start("use");
    } catch (error) {
      if (!(error instanceof EngineError && error.usedSnapshot)) throw error;
      await this.start("no"); // the snapshot may be the cause: try again without it, in a new worker
    }
    this.report({state: "ready"});
  }

  /** Start the worker, or resume an interrupted start. @param {StartMessage["snapshot"]} snapshot */
  async start(snapshot) {
    const attempt = this.attempt || (this.attempt = {worker: newWorker(), manifest: null, bundleSent: false, usesSnapshot: false});
    try {
      await Promise.all([this.boot(attempt, snapshot), this.sendBundle(attempt)]);
    } catch (caught) {
      const error = /** @type {EngineError} */ (caught);
      // After "network" the worker keeps the bytes it has and can be told to resume.
      if (error.reason !== "network" || !attempt.manifest) {
        attempt.worker.terminate();
        this.attempt = null;
      }
      if (error.reason === "broken") this.cache = "reload";
      throw error;
    }
    const manifest = /** @type {Manifest} */ (/** @type {Manifest | null} */ (attempt.manifest)); // boot() took it
    this.attempt = null;
    this.worker = attempt.worker;
    this.worker.onmessage = ({data}) => this.receive(data);
    this.worker.onerror = (event) => this.crashed("broken", event.message);
    rememberFetched(this.runtime, manifest);
    if (!attempt.usesSnapshot) setTimeout(() => this.makeSnapshot(manifest), this.config.snapshot_after_seconds * 1000);
  }

  /** @param {Attempt} attempt */
  async sendBundle(attempt) {
    if (attempt.bundleSent) return;
    attempt.worker.postMessage({type: "bundle", text: await this.loadBundle()});
    attempt.bundleSent = true;
  }

  /** @param {Attempt} attempt @param {StartMessage["snapshot"]} snapshot */
  async boot(attempt, snapshot) {
    const manifest = attempt.manifest || await this.manifest();
    const booted = this.untilReady(attempt);
    if (attempt.manifest) attempt.worker.postMessage({type: "resume"});
    else attempt.worker.postMessage(this.startMessage(manifest, this.cache, snapshot));
    attempt.manifest = manifest;
    await booted;
  }

  /**
   * @param {Manifest} manifest
   * @param {RequestCache} cache
   * @param {StartMessage["snapshot"]} snapshot
   * @returns {StartMessage}
   */
  startMessage(manifest, cache, snapshot) {
    return {type: "start", runtime: this.runtime, manifest, cache, snapshot, stallSeconds: this.config.silence_seconds / 3};
  }

  /**
   * Resolves when the worker is ready; rejects when it fails, or sends no message for too long.
   *
   * @param {Attempt} attempt
   * @returns {Promise<void>}
   */
  untilReady(attempt) {
    const {worker} = attempt;
    return new Promise((resolve, reject) => {
      let timer = 0;
      const fail = (/** @type {string} */ reason, /** @type {string} */ detail = "") => {
        clearTimeout(timer);
        reject(Object.assign(new EngineError(reason, detail), {usedSnapshot: attempt.usesSnapshot}));
      };
      const failAfter = (/** @type {number} */ seconds) => {
        clearTimeout(timer);
        timer = setTimeout(() => fail("silent"), seconds * 1000);
      };
      worker.onerror = (event) => fail("broken", event.message);
      worker.onmessage = (/** @type {MessageEvent<FromWorker>} */ {data}) => {
        if (data.type === "progress") {
          failAfter(this.config.silence_seconds);
          this.report({state: "loading", loaded: data.loaded, total: data.total});
        } else if (data.type === "starting") {
          attempt.usesSnapshot = data.snapshot;
          failAfter(data.snapshot ? this.config.snapshot_seconds : this.config.boot_seconds);
          this.report({state: "starting", loaded: 1, total: 1});
        } else if (data.type === "ready") {
          clearTimeout(timer);
          resolve();
        } else if (data.type === "paused") fail("network", data.detail);
        else if (data.type === "failed") fail(data.reason, data.detail);
      };
      failAfter(this.config.silence_seconds);
    });
  }

  /**
   * Make a snapshot for the next start, in a separate worker that never receives a request. Downloads nothing.
   *
   * @param {Manifest} manifest
   */
  makeSnapshot(manifest) {
    if (!window.caches || !window.crypto || !crypto.subtle) return;
    const worker = newWorker();
    const timer = setTimeout(() => worker.terminate(), this.config.boot_seconds * 1000);
    worker.onmessage = (/** @type {MessageEvent<FromWorker>} */ {data}) => {
      if (data.type !== "kept" && data.type !== "failed" && data.type !== "paused") return;
      clearTimeout(timer);
      worker.terminate();
      if (data.type === "kept") this.report({state: "kept"});
      else this.report({state: "not_kept", detail: data.detail});
    };
    worker.postMessage(this.startMessage(manifest, "only-if-cached", "keep"));
  }

  /** @param {FromWorker} data */
  receive(data) {
    if (data.type !== "answer") return undefined;
    const {id, kind, text} = data;
    const call = this.pending.get(id);
    if (!call) return undefined;
    if (kind === "error") return this.crashed("broken", text); // Python itself failed: its later answers cannot be trusted
    this.forget(call);
    if (kind === "result") return call.resolve(text);
    const error = new EngineError("faults", text);
    error.faults = JSON.parse(text);
    error.message = error.faults.map((fault) => fault.text).join("\n");
    return call.reject(error);
  }

  /** @param {Call} call */
  forget(call) {
    clearTimeout(call.timer);
    this.pending.delete(call.id);
  }

  /**
   * Replace a worker that failed, and send the pending requests to the new one; each request at most twice.
   *
   * @param {string} reason
   * @param {string} [detail]
   */
  crashed(reason, detail) {
    if (!this.worker) return;
    this.worker.terminate();
    this.worker = null;
    this.loading = null;
    const calls = [...this.pending.values()];
    for (const call of calls) this.forget(call);
    for (const call of calls) {
      if (call.isRetry) call.reject(new EngineError(reason, detail));
      else this.send({...call, isRetry: true}).catch(call.reject);
    }
  }

  /** @param {Call} call */
  async send(call) {
    await this.ready;
    call.timer = setTimeout(() => this.crashed("slow"), this.config.answer_seconds * 1000);
    this.pending.set(call.id, call);
    /** @type {ToWorker} */ const message = {type: "estimate", id: call.id, request: call.request, lang: call.lang};
    /** @type {Worker} */ (this.worker).postMessage(message);
  }

  /**
   * Estimate; resolves with the result as JSON text, rejects with an EngineError.
   *
   * @param {(EstimateRequest | HouseholdRequest) & {lang: string}} request
   * @returns {Promise<string>}
   */
  estimateText(request) {
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.send({id, request: JSON.stringify(request), lang: request.lang, resolve, reject, isRetry: false}).catch(reject);
    });
  }
}
