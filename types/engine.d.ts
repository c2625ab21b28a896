// What the page and the calculator's worker say to each other. At run time nothing of this is there.

/** A file of the runtime: its name, its size, its compressed size, its hash. */
export interface RuntimeFile {
  readonly path: string;
  readonly bytes: number;
  readonly packed: number;
  readonly sha256: string;
}

/** Content of runtime.json: the files by role (`loader`, `glue`, `wasm`, `stdlib`, `calculator`), and Pyodide's lock. */
export interface Manifest {
  readonly files: Record<string, RuntimeFile>;
  readonly lock: object;
}

/** A downloaded file; `consumed` is what was made of the bytes while they came (of `wasm` the compiled module). */
export interface Downloaded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly consumed: any; // any: whatever `consume` makes
}

export interface StartMessage {
  readonly type: "start";
  readonly runtime: string; // address of the folder
  readonly manifest: Manifest;
  readonly cache: RequestCache;
  readonly stallSeconds: number;
  readonly snapshot: "use" | "keep" | "no"; // use one if there is one; only make one for the next start; do without
}

export interface EstimateMessage {
  readonly type: "estimate";
  readonly id: number;
  readonly request: string; // a request as JSON text
  readonly lang: string;
}

export type ToWorker =
  | StartMessage
  | {readonly type: "resume"} // the network may be back: resume interrupted downloads
  | {readonly type: "bundle"; readonly text: string} // the rules; may arrive before the calculator is ready
  | EstimateMessage;

export interface Answer {
  readonly type: "answer";
  readonly id: number;
  readonly kind: "result" | "faults" | "error";
  readonly text: string;
}

export type FromWorker =
  | {readonly type: "progress"; readonly loaded: number; readonly total: number} // compressed bytes
  | {readonly type: "starting"; readonly snapshot: boolean} // downloads are complete; whether a snapshot is used
  | {readonly type: "paused"; readonly detail: string} // the network failed; what was downloaded is retained
  | {readonly type: "ready"}
  | {readonly type: "kept"; readonly bytes: number}
  | {readonly type: "failed"; readonly reason: string; readonly detail: string}
  | Answer;

/** The Python function that answers requests, as Pyodide hands it out. */
export type Calculate = (request: string, lang: string) => {toJs(): [Answer["kind"], string]; destroy(): void};

/** The Python function `calculator`, which makes a `Calculate` of the rules. */
export interface Calculator {
  (bundle: string): Calculate;
  destroy(): void;
}

/** What we use of Pyodide. */
export interface Python {
  readonly FS: {writeFile(path: string, content: Uint8Array): void};
  runPython(code: string): any; // any: whatever the code gives
  makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
}
