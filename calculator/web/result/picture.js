// @ts-check
// A result as a picture to save or share: drawn in the page, sent nowhere. Black on white in every colour scheme.

import {headline, remarks} from "./answer.js";
import {caption, segments, settlements} from "./bars.js";
import {stampText} from "./notes.js";
import {amounts} from "./text-summary.js";

/** @import {View} from "../../../types/estimator" */

const WIDTH = 720; // in units of the picture
const SCALE = 1.5; // pixels per unit
const MARGIN = 40;
const BAR = 72;
const INK = "#1f1d1a";
const CLOSING = "，。；：、！？）》”’%,.;:!?)"; // not allowed at the start of a line
const ISOLATES = /[\u2068\u2069]/g;

/**
 * Break a text into lines of at most `width`: between Chinese characters, otherwise at spaces.
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

/** Draw the picture on a canvas. It is drawn twice: the first time only to measure its height. @param {View} view */
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

/** @param {View} view @param {CanvasRenderingContext2D} context */
function draw(view, context) {
  const family = getComputedStyle(document.body).fontFamily;
  const rtl = document.documentElement.dir === "rtl";
  let y = MARGIN;
  context.direction = rtl ? "rtl" : "ltr";
  context.textBaseline = "top";
  context.textAlign = "start";
  /** @param {string} text @param {number} size @param {string} [weight] @param {number} [after] */
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
    const sentence = caption(view, label, settlement);
    if (sentence) write(sentence, 26, "700", 4);
    bar(context, segments(view, settlement), y, family, rtl);
    y += BAR + 22;
  }
  amounts(view).forEach((line, index) => {
    const number = index < view.result.lines.length && view.result.lines.length ? `${index + 1}  ` : "";
    write(number + line, 28, "400", 6);
  });
  y += 12;
  write(stampText(view), 22, "400", 0);
  return y + MARGIN;
}

/**
 * One bar: each segment with its pattern and, if there is room, its mark.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof segments>} shown
 * @param {number} y
 * @param {string} family
 * @param {boolean} rtl
 */
function bar(context, shown, y, family, rtl) {
  const fullWidth = WIDTH - 2 * MARGIN;
  let from = MARGIN;
  for (const {percent, pattern, mark} of rtl ? [...shown].reverse() : shown) {
    const width = (fullWidth * percent) / 100;
    context.save();
    context.beginPath();
    context.rect(from, y, width, BAR);
    context.clip();
    fillPattern(context, pattern, from, y, width);
    context.restore();
    context.lineWidth = 3;
    context.strokeStyle = INK;
    context.strokeRect(from, y, width, BAR);
    context.font = `700 26px ${family}`;
    const markWidth = context.measureText(mark).width + 20;
    if (markWidth < width) {
      context.fillStyle = "#fff";
      context.fillRect(from + (width - markWidth) / 2, y + 16, markWidth, 40);
      context.fillStyle = INK;
      context.textAlign = "center";
      context.fillText(mark, from + width / 2, y + 23);
      context.textAlign = "start";
    }
    from += width;
  }
}

/**
 * Fill a segment: dark for the person; for each payer stripes of a different slant and width.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {string} pattern
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
function fillPattern(context, pattern, x, y, width) {
  context.fillStyle = pattern === "self" ? "#3c3833" : "#fff";
  context.fillRect(x, y, width, BAR);
  if (pattern === "self") return;
  const number = Number(pattern);
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
