// @ts-check
// Text size, colours and contrast: chosen by the reader and stored on this device.
// Loaded in the head, so that it runs before the page is drawn and nothing jumps.

const KEY = "mingbai-display";
/** @typedef {Record<string, string>} Choices by what is chosen: size, colour, contrast */

/** @type {Record<string, string[]>} */
const CHOICES = { size: ["normal", "large", "larger"], colour: ["auto", "light", "dark"], contrast: ["auto", "high"] };
const root = document.documentElement;
/** @type {Choices} */
let chosen = { size: "normal", colour: "auto", contrast: "auto" };

/** @param {string} name @param {string} value */
const isValid = (name, value) => CHOICES[name].includes(value);
try {
  const saved = JSON.parse(localStorage.getItem(KEY) || "{}");
  for (const name of Object.keys(CHOICES)) if (isValid(name, saved[name])) chosen[name] = saved[name];
} catch (error) {
  // Storage is blocked, or its content is invalid: use the defaults.
}

// The style sheet has dark colours and high contrast in media queries. To choose them by hand, the condition of the
// query is replaced by one that is always true, or never.
const CONDITIONS = { dark: "(prefers-color-scheme: dark)", high: "(prefers-contrast: more)" };
const ALWAYS = "(min-width: 0px)";
const NEVER = "(max-width: 0px)";
/** @type {Array<[CSSMediaRule, string]>} */
const queries = [];
for (const sheet of document.styleSheets) {
  for (const rule of /** @type {CSSMediaRule[]} */ ([...rulesOf(sheet)])) {
    if (rule.media && /prefers-(color-scheme|contrast)/.test(rule.media.mediaText)) queries.push([rule, rule.media.mediaText]);
  }
}

/** A page that is opened as a file may not read its style sheet: the device's own setting applies there. @param {CSSStyleSheet} sheet */
function rulesOf(sheet) {
  try {
    return sheet.cssRules;
  } catch (error) {
    return [];
  }
}

function apply() {
  root.dataset.mbSize = chosen.size;
  const replacements = [
    [CONDITIONS.dark, chosen.colour === "dark" ? ALWAYS : chosen.colour === "light" ? NEVER : CONDITIONS.dark],
    [CONDITIONS.high, chosen.contrast === "high" ? ALWAYS : CONDITIONS.high],
  ];
  for (const [rule, original] of queries) {
    rule.media.mediaText = replacements.reduce((text, [condition, replacement]) => text.replace(condition, replacement), original);
  }
}
apply();

addEventListener("DOMContentLoaded", () => {
  /** @type {HTMLDetailsElement | null} */
  const box = document.querySelector("[data-mb-display]");
  if (!box) return;
  for (const input of box.querySelectorAll("input")) input.checked = chosen[input.name.slice("mb-".length)] === input.value;
  box.addEventListener("change", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const name = input.name.slice("mb-".length);
    if (!isValid(name, input.value)) return;
    chosen = { ...chosen, [name]: input.value };
    apply();
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch (error) {
      // It applies to this page only.
    }
  });
  // Close it on a tap elsewhere and on Escape.
  document.addEventListener("click", (event) => {
    if (box.open && !box.contains(/** @type {Node} */ (event.target))) box.open = false;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.open) {
      box.open = false;
      /** @type {HTMLElement} */ (box.querySelector("summary")).focus();
    }
  });
});
