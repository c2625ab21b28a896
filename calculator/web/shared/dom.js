// @ts-check
// Making elements and sentences. Text always goes in as text: nothing here reads HTML.

const OPEN = "\u2068";
const CLOSE = "\u2069";
let instead = {}; // the language of what is not translated: {lang, dir}

/** Say in which language stands what is not translated. */
export function standsIn(language) {
  instead = language || {};
}

/** Put a text of another language between Unicode's isolates, as the calculator does. */
export function isolated(text) {
  return OPEN + text + CLOSE;
}

/** A text as nodes: what stands between isolates becomes an element with its own language. */
export function words(text) {
  if (typeof text !== "string" || !text.includes(OPEN)) return [text];
  const root = document.createDocumentFragment();
  /** @type {ParentNode} */ let at = root;
  for (const piece of text.split(/([\u2068\u2069])/)) {
    if (piece === OPEN) {
      const span = document.createElement("span");
      span.lang = instead.lang || "";
      span.dir = instead.dir || "auto";
      at.append(span);
      at = span;
    } else if (piece === CLOSE) at = at === root ? root : at.parentNode;
    else if (piece) at.append(piece);
  }
  return [...root.childNodes];
}

/** Make an element: `el("p", {class: "x", hidden: true}, "text", child)`. Empty children are left out. */
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

/** A button; `look` is its class. */
export function button(look, label, act) {
  return el("button", {type: "button", class: look, onclick: act}, label);
}

/** Put `children` in the place of what an element holds. */
export function replace(element, ...children) {
  while (element.firstChild) element.firstChild.remove();
  element.append(...children.flat(3).filter(Boolean).flatMap(words));
}

/** Put values into a sentence of the catalogue: `fill("{n} 元", {n: 5})`. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Bring an element to the reader: open what hides it, focus it, without leaving a trace in the address. */
export function goTo(element) {
  for (let outer = element.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  element.focus({preventScroll: true});
  (element.closest(".mbe-question") || element).scrollIntoView({block: "start"});
}
