/** Saving at once: a fifth of a second after the last key, one request after another. */

import { send } from "../common/http.js";
import { beforeLeaving } from "../common/leaving.js";
import { saved } from "../common/notice.js";

/** Milliseconds after the last change. */
const SOON = 200;

/** Milliseconds without a change after which the next one is taken back by itself. */
const PAUSE = 1000;

/** Milliseconds until what could not be saved is tried again. */
const AGAIN = 4000;

/** Saves one part; `send` of the caller says what there is to save. */
export class Saving {
  /**
   * @param {object} told
   * @param {() => { path: string, data: Record<string, any>, after: (answer: any) => void }} told.what
   * @param {(theirs: { text: string, version: string }) => void} told.outside
   * @param {() => Promise<boolean>} told.may - asked before anything is saved
   */
  constructor({ what, outside, may }) {
    this.what = what;
    this.may = may;
    this.outside = outside;
    this.version = "";
    /** Changes of one burst are taken back at once. */
    this.burst = crypto.randomUUID();
    this.changedAt = 0;
    this.dirty = false;
    this.stopped = false;
    /** @type {Promise<void> | null} */
    this.going = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    beforeLeaving({
      busy: () => this.dirty || this.going !== null,
      settled: () => this.flush(),
    });
    addEventListener("beforeunload", (event) => {
      if (this.dirty) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.flush();
    });
  }

  /** Something has changed. */
  changed() {
    if (performance.now() - this.changedAt > PAUSE) this.apart();
    this.changedAt = performance.now();
    this.dirty = true;
    if (!this.stopped) this.later(SOON);
  }

  /** What comes now is taken back by itself. */
  apart() {
    this.burst = crypto.randomUUID();
    this.changedAt = performance.now();
  }

  /** @param {number} after */
  later(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), after);
  }

  /** Save what there is to save, now; resolves when nothing is left. */
  async flush() {
    clearTimeout(this.timer);
    while (this.going) await this.going;
    if (!this.dirty || this.stopped) return;
    this.going = this.save().finally(() => {
      this.going = null;
    });
    await this.going;
  }

  async save() {
    if (!(await this.may())) return;
    this.dirty = false;
    const { path, data, after } = this.what();
    try {
      const sent = { ...data, version: this.version, burst: this.burst };
      const answer = await send("PUT", path, sent, { quiet: true });
      this.version = answer.version;
      after(answer);
      saved("saved");
    } catch (error) {
      this.dirty = true;
      const refused = /** @type {import("../common/http.js").Refused} */ (error);
      if (refused.changed) {
        this.stopped = true;
        this.outside(refused.changed);
        return;
      }
      saved("unsaved", reason(refused));
      this.later(AGAIN);
    }
  }
}

/** @param {import("../common/http.js").Refused} refused */
function reason(refused) {
  const message = (refused.problem?.message ?? refused.message).replace(/^not saved: /i, "");
  return message.replace(/\.$/, "");
}
