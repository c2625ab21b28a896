// @ts-check
// Passing a result on without a server: as text, as a picture, on paper.

import {copyText} from "../shared/clipboard.js";
import {button, el, fill, replace} from "../shared/dom.js";
import {block} from "./sections.js";
import {picture} from "./picture.js";
import {summary} from "./text-summary.js";

export function share(view) {
  const {text} = view;
  const said = el("p", {class: "mbe-said", role: "status"});
  const place = el("div", {class: "mbe-shared"});
  return block(view, text.share,
    el("p", {}, text.share_why),
    el("div", {class: "mbe-acts"},
      button("mbe-second", text.copy, () => copy(view, said, place)),
      button("mbe-second", text.picture, () => show(view, said, place)),
      view.level === 2 ? button("mbe-second", text.print, () => window.print()) : null),
    said, place);
}

/** Copy the text; it is shown as well, and selected where the browser does not copy. */
async function copy(view, said, place) {
  const {text} = view;
  const area = el("textarea", {class: "mbe-text", readonly: true, rows: "8", "aria-label": text.copy_label});
  replace(place, area);
  replace(said, (await copyText(summary(view).join("\n"), area)) ? text.copied : text.copy_yourself);
}

function show(view, said, place) {
  const {text, page} = view;
  const drawn = picture(view);
  replace(place, el("img", {class: "mbe-picture", src: drawn.toDataURL("image/png"), width: String(drawn.width), height: String(drawn.height),
    alt: fill(text.picture_alt, {text: summary(view).join(page.text.semicolon)})}));
  replace(said, text.keep_picture);
}
