// @ts-check
// Tabs for the members: arrows move between them, one tab stop for all.

import {el, replace} from "../../shared/dom.js";

/**
 * @param {string} label what the tabs are
 * @param {string[]} names
 * @param {number} chosen
 * @param {(index: number) => void} choose
 * @returns {{element: HTMLElement, focus(): void, rename(index: number, name: string): void}}
 */
export function tabs(label, names, chosen, choose) {
  const tab = (name, index) => el("button", {
    type: "button", role: "tab", class: "mbe-tab", id: "mbe-tab-" + index, "aria-selected": index === chosen ? "true" : "false",
    "aria-controls": index === chosen ? "mbe-panel" : null, tabindex: index === chosen ? "0" : "-1", onclick: () => choose(index),
  }, name);
  const buttons = names.map(tab);
  const element = el("div", {class: "mbe-tabs", role: "tablist", "aria-label": label}, buttons);
  const forward = () => (getComputedStyle(element).direction === "rtl" ? "ArrowLeft" : "ArrowRight");
  element.addEventListener("keydown", (event) => {
    const last = names.length - 1;
    const step = {Home: 0, End: last, ArrowDown: Math.min(chosen + 1, last), ArrowUp: Math.max(chosen - 1, 0)};
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) step[event.key] = event.key === forward() ? step.ArrowDown : step.ArrowUp;
    if (step[event.key] === undefined) return;
    event.preventDefault();
    if (step[event.key] !== chosen) choose(step[event.key]);
  });
  return {element, focus: () => buttons[chosen].focus(), rename: (index, name) => replace(buttons[index], name)};
}
