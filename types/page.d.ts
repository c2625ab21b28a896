// What a page has beside the browser's own.

interface Window {
  /** The estimator's, see calculator/web/app/estimator.js. */
  mingbai: {
    readonly ready: Promise<void>;
    estimate(request: object): Promise<any>;
    estimateText(request: object): Promise<string>;
  };
}

// The scripts look for elements of HTML only, never of SVG: what is found has `hidden`, `dataset`, `focus`.
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}

// The site puts it there from node_modules (generator/mingbai/search_files.py).
declare module "*/minisearch.js" {
  export {default} from "minisearch";
}
