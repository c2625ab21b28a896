// Globals of a page that are not the browser's.

interface Window {
  /** Defined in calculator/web/app/estimator.js. */
  mingbai: {
    readonly ready: Promise<void>;
    estimate(request: object): Promise<any>;
    read(fact: string, text: string): {text: string, value?: any, say?: string, fault?: string, ask?: string};
    estimateText(request: object): Promise<string>;
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
