// @ts-check
// What takes time and what goes wrong, said to the reader.

import {fill, goTo, replace} from "../shared/dom.js";
import {metered} from "../engine/preload.js";

const MEGABYTE = 1000000;
const SOON_MS = 1500; // so long a download is watched before anything is said about its end

export function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(1);
}

export class Status {
  /** @param {HTMLElement} root @param {any} text the catalogue */
  constructor(root, text) {
    this.text = text;
    this.loading = root.querySelector(".mbe-loading");
    this.failure = root.querySelector(".mbe-failure:not(noscript *)");
    this.notice = root.querySelector(".mbe-notice");
    this.offer = root.querySelector(".mbe-offer");
    this.quiet = false; // the calculator was started before anybody asked for it, so nobody waits for it
    this.retry = null; // what to do when it is tried again
    this.filled = () => false; // whether anything was filled in, which one may fear to lose
    this.asked = () => {}; // what to do when nothing else was to be done
    this.begun = null; // when the download began, and with how many bytes
    this.failure.querySelector("button").addEventListener("click", () => this.again());
    addEventListener("online", () => !this.failure.hidden && this.offline && this.again());
  }

  again() {
    const {retry} = this;
    this.failure.hidden = true;
    this.retry = null;
    (retry || this.asked)();
  }

  /** The news of the engine. */
  show({state, loaded, total, reason}) {
    if (state === "kept" || state === "not_kept" || this.quiet) return;
    this.loading.hidden = !(state === "loading" || state === "starting");
    if (state === "loading" || state === "starting") {
      this.failure.hidden = true;
      this.offer.hidden = true;
      const bar = this.loading.querySelector("progress");
      if (total) bar.value = loaded / total;
      else bar.removeAttribute("value");
      this.say(state === "starting" ? this.text.starting : this.progress(loaded, total));
    } else this.begun = null;
    if (state === "failed") this.fail(reason);
  }

  /** Megabytes, and about how long it still takes. */
  progress(loaded, total) {
    if (!total) return this.text.loading_first;
    const now = performance.now();
    if (!this.begun || loaded < this.begun.loaded) this.begun = {at: now, loaded};
    const said = fill(this.text.loading, {loaded: megabytes(loaded), total: megabytes(total)});
    const {at, loaded: before} = this.begun;
    if (now - at < SOON_MS || loaded <= before || loaded >= total) return said;
    const seconds = ((total - loaded) * (now - at)) / (loaded - before) / 1000;
    return said + fill(this.text.loading_left, {seconds: String(seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 10) * 10)});
  }

  say(words) {
    this.loading.hidden = false;
    replace(this.loading.querySelector(".mbe-loading-text"), words);
  }

  done() {
    this.loading.hidden = true;
  }

  /** Say what went wrong; `retry` is done when the reader wants to try again. */
  fail(reason, retry) {
    if (retry) this.retry = retry;
    this.offline = reason === "network" && navigator.onLine === false;
    const words = this.offline ? this.text.fail_offline : this.text["fail_" + reason] || this.text.fail_broken;
    replace(this.failure.querySelector(".mbe-failure-text"), words + (this.filled() && reason !== "old_browser" ? this.text.answers_kept : ""));
    this.failure.querySelector("button").hidden = reason === "old_browser";
    this.failure.hidden = false;
    this.loading.hidden = true;
  }

  focusFailure() {
    goTo(this.failure);
  }

  /** Say something that asks for nothing. */
  tell(words) {
    replace(this.notice, words);
    this.notice.hidden = false;
  }

  /** Where bytes cost money: say how many it would be, and wait for a tap. */
  async offerDownload(engine) {
    if (!metered() || engine.isReady || engine.loading) return;
    const bytes = await engine.size().catch(() => 0);
    if (!bytes || engine.loading) return;
    replace(this.offer.querySelector("p"), fill(this.text.offer, {total: megabytes(bytes)}));
    this.offer.hidden = false;
    this.offer.querySelector("button").onclick = () => {
      this.offer.hidden = true;
      engine.ready.catch(() => {});
    };
  }
}
