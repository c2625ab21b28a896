// @ts-check
// Tabs of the members: arrow keys move between them; together they are one tab stop.

import {el, replace} from "../../shared/dom.js";

/**
 * @param {string} label accessible name of the tab list
 * @param {string[]} names
 * @param {number} chosen
 * @param {(index: number) => void} choose
 * @returns {{element: HTMLElement, focus(): void, rename(index: number, name: string): void}}
 */
export function tabs(label, names, chosen, choose) {
  const tab = (/** @type {string} */ name, /** @type {number} */ index) => el("button", {
    type: "button", role: "tab", class: "mbe-tab", id: "mbe-tab-" + index, "aria-selected": index === chosen ? "true" : "false",
    "aria-controls": index === chosen ? "mbe-panel" : null, tabindex: index === chosen ? "0" : "-1", onclick: () => choose(index),
  }, name);
  const buttons = names.map(tab);
  const element = el("div", {class: "mbe-tabs", role: "tablist", "aria-label": label}, buttons);
  const forwardKey = () => (getComputedStyle(element).direction === "rtl" ? "ArrowLeft" : "ArrowRight");
  element.addEventListener("keydown", (event) => {
    const last = names.length - 1;
    /** @type {Record<string, number>} */
    const targets = {Home: 0, End: last, ArrowDown: Math.min(chosen + 1, last), ArrowUp: Math.max(chosen - 1, 0)};
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) targets[event.key] = event.key === forwardKey() ? targets.ArrowDown : targets.ArrowUp;
    if (targets[event.key] === undefined) return;
    event.preventDefault();
    if (targets[event.key] !== chosen) choose(targets[event.key]);
  });
  return {element, focus: () => buttons[chosen].focus(), rename: (index, name) => replace(buttons[index], name)};
}
