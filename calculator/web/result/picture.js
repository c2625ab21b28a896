// @ts-check
// A result as a picture to keep or to pass on: drawn here, sent nowhere. Black on white whatever the page's colours.

import {headline, remarks} from "./answer.js";
import {caption, parts, settlements} from "./bars.js";
import {stampText} from "./notes.js";
import {amounts} from "./text-summary.js";

const WIDTH = 720; // in the picture's own units
const SCALE = 1.5; // pixels for one of them
const MARGIN = 40;
const BAR = 72;
const INK = "#1f1d1a";
const CLOSING = "，。；：、！？）》”’%,.;:!?)"; // must not stand first in a line
const ISOLATES = /[\u2068\u2069]/g;

/**
 * Break a text into lines no wider than `width`: between any two Chinese characters, else at blanks.
 *
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
export function wrapped(text, width, measure) {
  const pieces = text.replace(ISOLATES, "").match(/[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef]+|\s+/g) || [];
  const lines = [""];
  for (const piece of pieces) {
    const last = lines[lines.length - 1];
    if (measure(last + piece.trimEnd()) <= width || CLOSING.includes(piece) || !last) lines[lines.length - 1] = last + piece;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trim());
}

/** Draw the picture; gives the canvas. It is drawn twice: the first time only to see how high it becomes. */
export function picture(view) {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const height = draw(view, context);
  canvas.width = WIDTH * SCALE;
  canvas.height = Math.ceil(height * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, WIDTH, height);
  draw(view, context);
  return canvas;
}

function draw(view, context) {
  const family = getComputedStyle(document.body).fontFamily;
  const rtl = document.documentElement.dir === "rtl";
  let y = MARGIN;
  context.direction = rtl ? "rtl" : "ltr";
  context.textBaseline = "top";
  context.textAlign = "start";
  const write = (text, size, weight = "400", after = 10) => {
    context.font = `${weight} ${size}px ${family}`;
    context.fillStyle = INK;
    for (const line of wrapped(text, WIDTH - 2 * MARGIN, (piece) => context.measureText(piece).width)) {
      context.fillText(line, rtl ? WIDTH - MARGIN : MARGIN, y);
      y += size * 1.4;
    }
    y += after;
  };
  write(headline(view), 44, "700", 14);
  remarks(view).forEach((sentence, index) => write(sentence, 26, index ? "400" : "700"));
  y += 10;
  for (const {label, settlement} of settlements(view)) {
    const over = caption(view, label, settlement);
    if (over) write(over, 26, "700", 4);
    bar(context, parts(view, settlement), y, family, rtl);
    y += BAR + 22;
  }
  amounts(view).forEach((line, index) => {
    const own = index < view.result.lines.length && view.result.lines.length ? `${index + 1}  ` : "";
    write(own + line, 28, "400", 6);
  });
  y += 12;
  write(stampText(view), 22, "400", 0);
  return y + MARGIN;
}

/** One bar: each part with its pattern and, where there is room, its number. */
function bar(context, shown, y, family, rtl) {
  const whole = WIDTH - 2 * MARGIN;
  let from = MARGIN;
  for (const {share, look, mark} of rtl ? [...shown].reverse() : shown) {
    const width = (whole * share) / 100;
    context.save();
    context.beginPath();
    context.rect(from, y, width, BAR);
    context.clip();
    pattern(context, look, from, y, width);
    context.restore();
    context.lineWidth = 3;
    context.strokeStyle = INK;
    context.strokeRect(from, y, width, BAR);
    context.font = `700 26px ${family}`;
    const room = context.measureText(mark).width + 20;
    if (room < width) {
      context.fillStyle = "#fff";
      context.fillRect(from + (width - room) / 2, y + 16, room, 40);
      context.fillStyle = INK;
      context.textAlign = "center";
      context.fillText(mark, from + width / 2, y + 23);
      context.textAlign = "start";
    }
    from += width;
  }
}

/** Fill a part: dark for the person, for each payer stripes of another slant and width on a light ground. */
function pattern(context, look, x, y, width) {
  context.fillStyle = look === "self" ? "#3c3833" : "#fff";
  context.fillRect(x, y, width, BAR);
  if (look === "self") return;
  const number = Number(look);
  const slant = [BAR, 0, -BAR, BAR, -BAR, 0][number % 6];
  const step = [14, 10, 14, 24, 24, 20][number % 6];
  context.strokeStyle = "#767069";
  context.lineWidth = number < 3 ? 4 : 8;
  for (let at = x - BAR; at < x + width + BAR; at += step) {
    context.beginPath();
    context.moveTo(at, y);
    context.lineTo(at + slant, y + BAR);
    context.stroke();
  }
}
