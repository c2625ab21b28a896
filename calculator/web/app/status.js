// @ts-check
// Progress of the download, notices and failures, shown to the reader.

import {metered} from "../engine/preload.js";
import {fill, goTo, replace} from "../shared/dom.js";

/** @import {Texts} from "../../../types/estimator" */

const MEGABYTE = 1000000;
const SOON_MS = 1500; // how long a download is measured before the remaining time is shown

/** @param {number} bytes */
export function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(1);
}

export class Status {
  /** @param {HTMLElement} root @param {Texts} text the catalogue */
  constructor(root, text) {
    const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(name));
    const buttonIn = (/** @type {HTMLElement} */ box) => /** @type {HTMLButtonElement} */ (box.querySelector("button"));
    this.text = text;
    this.loading = find(".mbe-loading");
    this.failure = find(".mbe-failure:not(noscript *)");
    this.notice = find(".mbe-notice");
    this.offer = find(".mbe-offer");
    this.loadingText = find(".mbe-loading-text");
    this.failureText = find(".mbe-failure-text");
    this.retryButton = buttonIn(this.failure);
    this.offerButton = buttonIn(this.offer);
    this.quiet = false; // the calculator is being preloaded and nobody waits for it: show nothing
    /** @type {(() => unknown) | null} */ this.retry = null; // called when the reader tries again
    this.hasAnswers = () => false; // whether anything was filled in that the reader may fear to lose
    this.retryDefault = () => {}; // called when the reader tries again and there is no `retry`
    /** @type {{at: number, loaded: number} | null} */ this.downloadStart = null; // when the download began, and the bytes loaded before it
    this.retryButton.addEventListener("click", () => this.tryAgain());
    addEventListener("online", () => !this.failure.hidden && this.offline && this.tryAgain());
  }

  tryAgain() {
    const {retry} = this;
    this.failure.hidden = true;
    this.retry = null;
    (retry || this.retryDefault)();
  }

  /** Show a report of the engine. @param {import("../engine/client.js").Report} report */
  show({state, loaded = 0, total = 0, reason = ""}) {
    if (state === "kept" || state === "not_kept" || this.quiet) return;
    this.loading.hidden = !(state === "loading" || state === "starting");
    if (state === "loading" || state === "starting") {
      this.failure.hidden = true;
      this.offer.hidden = true;
      const bar = /** @type {HTMLProgressElement} */ (this.loading.querySelector("progress"));
      if (total) bar.value = loaded / total;
      else bar.removeAttribute("value");
      this.showLoading(state === "starting" ? this.text.starting : this.progress(loaded, total));
    } else this.downloadStart = null;
    if (state === "failed") this.fail(reason);
  }

  /** Megabytes loaded, and an estimate of the remaining time. @param {number} loaded @param {number} total */
  progress(loaded, total) {
    if (!total) return this.text.loading_first;
    const now = performance.now();
    if (!this.downloadStart || loaded < this.downloadStart.loaded) this.downloadStart = {at: now, loaded};
    const sentence = fill(this.text.loading, {loaded: megabytes(loaded), total: megabytes(total)});
    const {at, loaded: loadedBefore} = this.downloadStart;
    if (now - at < SOON_MS || loaded <= loadedBefore || loaded >= total) return sentence;
    const seconds = ((total - loaded) * (now - at)) / (loaded - loadedBefore) / 1000;
    return sentence + fill(this.text.loading_left, {seconds: String(seconds < 10 ? Math.ceil(seconds) : Math.ceil(seconds / 10) * 10)});
  }

  /** @param {string} sentence */
  showLoading(sentence) {
    this.loading.hidden = false;
    replace(this.loadingText, sentence);
  }

  hideLoading() {
    this.loading.hidden = true;
  }

  /**
   * Show why something failed; `retry` is called when the reader tries again.
   *
   * @param {string} reason
   * @param {() => unknown} [retry]
   */
  fail(reason, retry) {
    if (retry) this.retry = retry;
    this.offline = reason === "network" && navigator.onLine === false;
    const sentence = this.offline ? this.text.fail_offline : this.text["fail_" + reason] || this.text.fail_broken;
    replace(this.failureText, sentence + (this.hasAnswers() && reason !== "old_browser" ? this.text.answers_kept : ""));
    this.retryButton.hidden = reason === "old_browser";
    this.failure.hidden = false;
    this.loading.hidden = true;
  }

  focusFailure() {
    goTo(this.failure);
  }

  /** Show a notice that needs no action. @param {string} sentence */
  notify(sentence) {
    replace(this.notice, sentence);
    this.notice.hidden = false;
  }

  /**
   * On a metered connection, show the size of the download and start it only after a tap.
   *
   * @param {import("../engine/client.js").Engine} engine
   */
  async offerDownload(engine) {
    if (!metered() || engine.isReady || engine.loading) return;
    const bytes = await engine.size().catch(() => 0);
    if (!bytes || engine.loading) return;
    replace(/** @type {HTMLElement} */ (this.offer.querySelector("p")), fill(this.text.offer, {total: megabytes(bytes)}));
    this.offer.hidden = false;
    this.offerButton.onclick = () => {
      this.offer.hidden = true;
      engine.ready.catch(() => {});
    };
  }
}
