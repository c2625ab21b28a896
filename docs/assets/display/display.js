// @ts-check
// How large the letters are and which colours: chosen once, remembered on this phone, nothing else is kept.
// It stands in the head and runs before the page is drawn, so that nothing jumps.
"use strict";
(() => {
  const KEY = "mingbai-display";
  const CHOICES = { size: ["normal", "large", "larger"], colour: ["auto", "light", "dark"], contrast: ["auto", "high"] };
  const root = document.documentElement;
  let chosen = { size: "normal", colour: "auto", contrast: "auto" };

  const known = (name, value) => CHOICES[name].indexOf(value) >= 0;
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
    for (const name of Object.keys(CHOICES)) if (known(name, kept[name])) chosen[name] = kept[name];
  } catch (error) {
    // Storage is forbidden or holds something else: the usual looks then.
  }

  // The colours of the dark and of high contrast stand in media queries of the one style sheet. To choose them by
  // hand, the query is answered here: what always holds, or never, takes the place of the phone's own wish.
  const ASKED = { dark: "(prefers-color-scheme: dark)", high: "(prefers-contrast: more)" };
  const ALWAYS = "(min-width: 0px)";
  const NEVER = "(max-width: 0px)";
  const queries = [];
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (rule.media && /prefers-(color-scheme|contrast)/.test(rule.media.mediaText)) queries.push([rule, rule.media.mediaText]);
    }
  }

  /** A page that is opened as a file may not look into its style sheet: the phone's own wish decides there. */
  function rulesOf(sheet) {
    try {
      return sheet.cssRules;
    } catch (error) {
      return [];
    }
  }

  function show() {
    root.setAttribute("data-mb-size", chosen.size);
    const answers = [
      [ASKED.dark, { dark: ALWAYS, light: NEVER, auto: ASKED.dark }[chosen.colour]],
      [ASKED.high, { high: ALWAYS, auto: ASKED.high }[chosen.contrast]],
    ];
    for (const [rule, original] of queries) {
      rule.media.mediaText = answers.reduce((text, [asked, answer]) => text.replace(asked, answer), original);
    }
  }
  show();

  addEventListener("DOMContentLoaded", () => {
    /** @type {HTMLDetailsElement} */
    const box = document.querySelector("[data-mb-display]");
    if (!box) return;
    for (const input of box.querySelectorAll("input")) input.checked = chosen[input.name.slice("mb-".length)] === input.value;
    box.addEventListener("change", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const name = input.name.slice("mb-".length);
      if (!known(name, input.value)) return;
      chosen = Object.assign({}, chosen, { [name]: input.value });
      show();
      try {
        localStorage.setItem(KEY, JSON.stringify(chosen));
      } catch (error) {
        // It holds for this page then.
      }
    });
    // A tap elsewhere or Escape closes it.
    document.addEventListener("click", (event) => {
      if (box.open && !box.contains(/** @type {Node} */ (event.target))) box.open = false;
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.open) {
        box.open = false;
        box.querySelector("summary").focus();
      }
    });
  });
})();
