// @ts-check
// Creating elements and sentences. Text is always inserted as text: nothing here parses HTML.

const OPEN = "\u2068";
const CLOSE = "\u2069";
/** @typedef {{lang?: string, dir?: string}} Language */
/** @typedef {Node | string | null | undefined | false} Child what is empty is left out */
/** @typedef {Child | readonly (Child | readonly Child[])[]} Children */
/** @typedef {Record<string, any>} Attributes any: texts, numbers, booleans, and listeners for each kind of event */

/** @type {Language} */ let fallback = {}; // of untranslated text

/** Set the language of untranslated text. @param {Language | undefined} language */
export function standsIn(language) {
  fallback = language || {};
}

/** Wrap a text of another language in Unicode isolates, as the calculator does. @param {string} text */
export function isolated(text) {
  return OPEN + text + CLOSE;
}

/**
 * A text as nodes: text inside isolates becomes an element with the fallback language.
 *
 * @param {Node | string} text
 * @returns {Array<Node | string>}
 */
export function words(text) {
  if (typeof text !== "string" || !text.includes(OPEN)) return [text];
  const root = document.createDocumentFragment();
  /** @type {ParentNode} */ let at = root;
  for (const piece of text.split(/([\u2068\u2069])/)) {
    if (piece === OPEN) {
      const span = document.createElement("span");
      span.lang = fallback.lang || "";
      span.dir = fallback.dir || "auto";
      at.append(span);
      at = span;
    } else if (piece === CLOSE) at = at === root ? root : /** @type {ParentNode} */ (at.parentNode);
    else if (piece) at.append(piece);
  }
  return [...root.childNodes];
}

/** @param {unknown} value */
const isEmpty = (value) => value === null || value === undefined || value === false;

/**
 * Create an element: `el("p", {class: "x", hidden: true}, "text", child)`. Empty children are left out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes | null} attributes
 * @param {Children[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (isEmpty(value)) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of /** @type {Child[]} */ (children.flat(2))) {
    if (!isEmpty(child)) element.append(...words(/** @type {Node | string} */ (child)));
  }
  return element;
}

/** Create a button; `action` is called on a click. @param {string} className @param {string} label @param {() => void} action */
export function button(className, label, action) {
  return el("button", {type: "button", class: className, onclick: action}, label);
}

/** Replace the children of an element. @param {Element} element @param {(Children | readonly Children[])[]} children */
export function replace(element, ...children) {
  element.textContent = "";
  const filled = /** @type {Array<Node | string>} */ (children.flat(3).filter(Boolean));
  element.append(...filled.flatMap(words));
}

/**
 * Fill the placeholders of a sentence: `fill("{n} 元", {n: 5})`.
 *
 * @param {string} sentence
 * @param {Record<string, string | number | null | undefined>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name) => (name in values ? /** @type {string} */ (values[name]) : placeholder));
}

/** Focus an element and scroll to it, opening every <details> around it; the address does not change. @param {HTMLElement} element */
export function goTo(element) {
  for (let outer = element.closest("details"); outer; ) {
    outer.open = true;
    outer = outer.parentElement && outer.parentElement.closest("details");
  }
  element.focus({preventScroll: true});
  (element.closest(".mbe-question") || element).scrollIntoView({block: "start"});
}
