// Making elements and sentences. Text always goes in as text: nothing here reads HTML.

/** Make an element: `el("p", {class: "x", hidden: true}, "text", child)`. Empty children are left out. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(2)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Put `children` in the place of what an element holds. */
export function replace(element, ...children) {
  while (element.firstChild) element.firstChild.remove();
  element.append(...children.flat(3).filter(Boolean));
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
