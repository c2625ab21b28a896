// @ts-check
// Sharing a result without a server: as text, as a picture, on paper.

import {copyText} from "../shared/clipboard.js";
import {button, el, fill, replace} from "../shared/dom.js";
import {WAITS} from "./outdated.js";
import {block} from "./sections.js";
import {picture} from "./picture.js";
import {textSummary} from "./text-summary.js";

/** @import {View} from "../../../types/estimator" */

/** @param {View} view */
export function share(view) {
  const {text} = view;
  const status = el("p", {class: "mbe-said", role: "status"});
  const output = el("div", {class: "mbe-shared"});
  return block(view, text.share,
    el("p", {}, text.share_why),
    el("div", {class: "mbe-acts"},
      button(`mbe-second ${WAITS}`, text.copy, () => copy(view, status, output)),
      button(`mbe-second ${WAITS}`, text.picture, () => showPicture(view, status, output)),
      view.level === 2 ? button(`mbe-second ${WAITS}`, text.print, () => window.print()) : null),
    status, output);
}

/**
 * Copy the text; it is shown as well, and selected if the browser refuses to copy.
 *
 * @param {View} view
 * @param {HTMLElement} status
 * @param {HTMLElement} output
 */
async function copy(view, status, output) {
  const {text} = view;
  const area = el("textarea", {class: "mbe-text", readonly: true, rows: "8", "aria-label": text.copy_label});
  replace(output, area);
  replace(status, (await copyText(textSummary(view).join("\n"), area)) ? text.copied : text.copy_yourself);
}

/** @param {View} view @param {HTMLElement} status @param {HTMLElement} output */
function showPicture(view, status, output) {
  const {text, page} = view;
  const canvas = picture(view);
  replace(output, el("img", {class: "mbe-picture", src: canvas.toDataURL("image/png"), width: String(canvas.width), height: String(canvas.height),
    alt: fill(text.picture_alt, {text: textSummary(view).join(page.text.semicolon)})}));
  replace(status, text.keep_picture);
}
