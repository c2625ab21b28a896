// @ts-check
// Creating elements and sentences. Text is always inserted as text: nothing here parses HTML.

const OPEN = "\u2068";
const CLOSE = "\u2069";
let fallback = {}; // the language of untranslated text: {lang, dir}

/** Set the language of untranslated text. */
export function standsIn(language) {
  fallback = language || {};
}

/** Wrap a text of another language in Unicode isolates, as the calculator does. */
export function isolated(text) {
  return OPEN + text + CLOSE;
}

/** A text as nodes: text inside isolates becomes an element with the fallback language. */
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

/** Create an element: `el("p", {class: "x", hidden: true}, "text", child)`. Empty children are left out. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(2)) {
    if (child !== null && child !== undefined && child !== false) element.append(...words(child));
  }
  return element;
}

/** Create a button; `action` is called on a click. */
export function button(className, label, action) {
  return el("button", {type: "button", class: className, onclick: action}, label);
}

/** Replace the children of an element. */
export function replace(element, ...children) {
  element.textContent = "";
  element.append(...children.flat(3).filter(Boolean).flatMap(words));
}

/** Fill the placeholders of a sentence: `fill("{n} 元", {n: 5})`. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name) => (name in values ? values[name] : placeholder));
}

/** Focus an element and scroll to it, opening every <details> around it; the address does not change. */
export function goTo(element) {
  for (let outer = element.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  element.focus({preventScroll: true});
  (element.closest(".mbe-question") || element).scrollIntoView({block: "start"});
}
