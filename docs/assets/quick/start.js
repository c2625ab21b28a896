// @ts-check
// The quick answer: choices and a cost in, about what you pay out. Nothing typed here leaves the page or is kept.

import {fill, replace, standsIn} from "../../../calculator/web/shared/dom.js";
import {parseMoney, showMoney} from "../../../calculator/web/shared/numbers.js";
import {answerOf, everyAnswer, money} from "./answer.js";

const PAUSE_MS = 350; // after the last key, so that nobody hears an answer to half a number

/** The number of the chosen tile; -1 where none is chosen, 0 where there was nothing to choose. */
function chosen(form, name) {
  const tiles = [...form.querySelectorAll("input[name=" + name + "]")];
  return tiles.length ? tiles.findIndex((tile) => tile.checked) : 0;
}

/** What is still to be chosen, as a sentence; empty if nothing. */
function missing(data, form, choices) {
  const open = Object.keys(choices).find((name) => choices[name] < 0);
  if (!open) return "";
  return fill(data.text.still, {question: form.querySelector("input[name=" + open + "]").closest("fieldset").firstElementChild.textContent});
}

/** Make one block work and show it. */
function start(block) {
  const data = JSON.parse(block.querySelector(".mbq-data").textContent);
  const form = block.querySelector("form");
  const field = form.elements.cost;
  const said = form.querySelector(".mbq-said");
  const answer = block.querySelector(".mbq-answer");
  let timer = 0;
  let shown = "";

  /** The cost in fen; null if it is not one, or not typed. */
  function cost() {
    const typed = field.value.trim();
    const yuan = typed ? parseMoney(typed) : null;
    const fen = yuan === null ? null : Math.round(Number(yuan) * 100);
    const large = fen !== null && fen > data.most;
    const wrong = typed && (fen === null || large);
    let sentence = "";
    if (large) sentence = fill(data.text.too_large, {amount: money(data.most / 100)});
    else if (wrong) sentence = data.text.wrong;
    else if (yuan !== null) sentence = fill(data.text.understood, {amount: showMoney(yuan)});
    said.textContent = sentence;
    said.classList.toggle("mbq-wrong", Boolean(wrong));
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    return wrong ? null : fen;
  }

  function show() {
    clearTimeout(timer);
    const fen = cost();
    const choices = {who: chosen(form, "who"), where: chosen(form, "where")};
    const now = JSON.stringify([fen, choices]);
    if (now === shown) return;
    shown = now;
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

for (const way of document.querySelectorAll(".mbq-go")) way.hidden = false;
for (const block of document.querySelectorAll(".mbq")) {
  if (block.querySelector("form")) start(block); // a copy in another language has none
}
