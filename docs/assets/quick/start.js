// @ts-check
// The quick answer: from a few choices and a cost to about what the person pays. Nothing is sent or stored.

import {fill, replace, standsIn} from "../../../calculator/web/shared/dom.js";
import {showMoney} from "../../../calculator/web/shared/numbers.js";
import {readMoney} from "../../../calculator/web/shared/read-number.js";
import {answerOf, everyAnswer, money} from "./answer.js";

/** @import {Data} from "./answer.js" */

const PAUSE_MS = 350; // after the last key, so that no answer to half a number is announced

/** The index of the chosen tile; -1 for none, 0 if there is nothing to choose. @param {HTMLElement} form @param {string} name */
function chosen(form, name) {
  const tiles = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[name=" + name + "]")]);
  return tiles.length ? tiles.findIndex((tile) => tile.checked) : 0;
}

/**
 * Which choice is still missing, as a sentence; "" for none.
 *
 * @param {Data} data
 * @param {HTMLElement} form
 * @param {Record<string, number>} choices
 */
function missing(data, form, choices) {
  const open = Object.keys(choices).find((name) => choices[name] < 0);
  if (!open) return "";
  const tile = /** @type {HTMLElement} */ (form.querySelector("input[name=" + open + "]"));
  const fieldset = /** @type {HTMLElement} */ (tile.closest("fieldset"));
  return fill(data.text.still, {question: /** @type {Element} */ (fieldset.firstElementChild).textContent});
}

/** Activate and show one block. @param {HTMLElement} block */
function start(block) {
  const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (block.querySelector(name));
  /** @type {Data} */ const data = JSON.parse(find(".mbq-data").textContent || "");
  const form = find("form");
  const field = /** @type {HTMLInputElement} */ (find("[name=cost]"));
  const status = find(".mbq-said");
  const answer = find(".mbq-answer");
  let timer = 0;
  let lastInput = "";

  /** The cost in fen; null if it is invalid or empty. Updates what is shown beside the field. */
  function cost() {
    const typed = field.value.trim();
    const yuan = typed ? readMoney(data.reading, typed).value : null;
    const fen = yuan === null ? null : Math.round(Number(yuan) * 100);
    const large = fen !== null && fen > data.most;
    const wrong = typed && (fen === null || large);
    let sentence = "";
    if (large) sentence = fill(data.text.too_large, {amount: money(data.most / 100)});
    else if (wrong) sentence = data.text.wrong;
    else if (yuan !== null) sentence = fill(data.text.understood, {amount: showMoney(yuan)});
    status.textContent = sentence;
    status.classList.toggle("mbq-wrong", Boolean(wrong));
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    return wrong ? null : fen;
  }

  function show() {
    clearTimeout(timer);
    const fen = cost();
    const choices = {who: chosen(form, "who"), where: chosen(form, "where")};
    const input = JSON.stringify([fen, choices]);
    if (input === lastInput) return;
    lastInput = input;
    standsIn(data.instead[0]);
    if (!fen) replace(answer);
    else if (missing(data, form, choices)) replace(answer, missing(data, form, choices));
    else if (choices.where === data.where.length) replace(answer, everyAnswer(data, choices.who, fen));
    else replace(answer, answerOf(data, choices.who, choices.where, fen));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    if (field.value.trim() === "" || field.hasAttribute("aria-invalid")) field.focus();
    else answer.scrollIntoView({block: "nearest"});
  });
  form.addEventListener("change", show);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE_MS);
  });
  block.hidden = false;
}

for (const link of document.querySelectorAll(".mbq-go")) link.hidden = false;
for (const block of document.querySelectorAll(".mbq")) {
  if (block.querySelector("form")) start(block); // a copy in another language has none
}
