// Globals of a page that are not the browser's.

type EstimateRequest = import("./estimate").EstimateRequest;
type EstimateResult = import("./estimate").EstimateResult;
type HouseholdRequest = import("./estimate").HouseholdRequest;
type HouseholdResult = import("./estimate").HouseholdResult;

interface Window {
  /** Defined in calculator/web/app/estimator.js. */
  mingbai: {
    readonly ready: Promise<void>;
    estimate(request: EstimateRequest): Promise<EstimateResult>;
    estimate(request: HouseholdRequest): Promise<HouseholdResult>;
    read(fact: string, text: string): {text: string, value?: any, say?: string, fault?: string, ask?: string}; // any: of the fact's type
    estimateText(request: EstimateRequest | HouseholdRequest): Promise<string>;
  };
}

// The scripts query HTML elements only, never SVG, so that results have `hidden`, `dataset` and `focus`.
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}

// Published from node_modules (generator/mingbai/assets/search.py).
declare module "*/minisearch.js" {
  export {default} from "minisearch";
}
