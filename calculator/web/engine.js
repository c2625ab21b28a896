// The calculator as the page sees it: it loads when it is first asked for, tells how far it is, and answers.

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
  return typeof Worker === "function" && typeof WebAssembly === "object" &&
    typeof WebAssembly.instantiateStreaming === "function" && typeof WebAssembly.Tag === "function";
}

export class Engine {
  /**
   * @param config `runtime` (address of the folder with runtime.json), `silence_seconds` (longest
   *   wait for the next piece of a download), `boot_seconds` (longest wait after the last one)
   * @param bundle function that returns a promise of the bundle's text
   * @param report called with {state: "loading" | "starting" | "ready" | "failed", loaded, total, reason}
   */
  constructor(config, bundle, report) {
    this.config = config;
    this.bundle = bundle;
    this.report = report;
    this.loading = null;
    this.worker = null;
    this.waiting = new Map();
    this.last = 0;
    this.failures = 0;
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

  async load() {
    if (!canRun()) throw new EngineError("old_browser");
    this.report({state: "loading", loaded: 0, total: 0});
    const bundle = await this.bundle();
    const worker = new Worker(new URL("worker.js", import.meta.url));
    try {
      await this.boot(worker, bundle);
    } catch (error) {
      worker.terminate();
      throw error;
    }
    this.worker = worker;
    worker.onmessage = (event) => this.settle(event.data);
    this.report({state: "ready"});
  }

  boot(worker, bundle) {
    return new Promise((resolve, reject) => {
      let timer;
      const patience = (seconds) => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new EngineError("silent")), seconds * 1000);
      };
      worker.onerror = (event) => {
        clearTimeout(timer);
        reject(new EngineError("broken", event.message));
      };
      worker.onmessage = ({data}) => {
        if (data.type === "progress") {
          const done = data.loaded >= data.total;
          patience(done ? this.config.boot_seconds : this.config.silence_seconds);
          this.report({state: done ? "starting" : "loading", loaded: data.loaded, total: data.total});
          return;
        }
        clearTimeout(timer);
        if (data.type === "ready") resolve();
        else reject(new EngineError(data.reason, data.detail));
      };
      patience(this.config.silence_seconds);
      const runtime = new URL("runtime.json", new URL(this.config.runtime, document.baseURI)).href;
      worker.postMessage({type: "start", runtime, bundle, again: this.failures > 0});
    });
  }

  settle({id, kind, text}) {
    const {resolve, reject} = this.waiting.get(id);
    this.waiting.delete(id);
    if (kind === "result") return resolve(text);
    const error = new EngineError(kind === "faults" ? "faults" : "broken", text);
    if (kind === "faults") {
      error.faults = JSON.parse(text);
      error.message = error.faults.map((fault) => fault.text).join("\n");
    }
    return reject(error);
  }

  /** Work out one estimate; gives the result's JSON text. Rejects with an EngineError (`faults` of the request). */
  async estimateText(request) {
    await this.ready;
    const id = (this.last += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {resolve, reject});
      this.worker.postMessage({type: "estimate", id, request: JSON.stringify(request), lang: request.lang});
    });
  }
}
