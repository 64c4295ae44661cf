/** Where one left off. It is kept by bundle, and found again after the bundle was updated. */

import { clamp, lastBefore } from "./numbers.js";

/** Seconds; a beginning is never written over a place that was reached. */
const WORTH_KEEPING = 5;

/** @param {number} seconds */
const tenths = (seconds) => Math.round(seconds * 10) / 10;

/** @typedef {import("./memory.js").Memory} Memory */

export class Resume {
  /**
   * @param {Pick<Memory, "get" | "set">} memory - of this bundle
   * @param {Pick<Memory, "get" | "set">} shelf - what was last heard of this session here
   * @param {Pick<SessionData, "duration" | "tracks">} data
   */
  constructor(memory, shelf, data) {
    this.memory = memory;
    this.shelf = shelf;
    this.data = data;
  }

  /**
   * Return the place in seconds, or null.
   *
   * @returns {number | null}
   */
  saved() {
    const own = this.memory.get("at");
    if (typeof own === "number") {
      return own > WORTH_KEEPING ? clamp(own, 0, this.data.duration) : null;
    }
    if (this.memory.get("finished")) return null;
    const step = this.shelf.get("step");
    const track = this.data.tracks.find((each) => each.step === step);
    if (!track) return null;
    const at = track.start + clamp(this.shelf.get("into", 0), 0, track.end - track.start);
    return at > WORTH_KEEPING ? at : null;
  }

  /** @param {number} at */
  keep(at) {
    if (!(at > WORTH_KEEPING) || at > this.data.duration - 1) return;
    this.memory.set("at", tenths(at));
    this.memory.set("finished", null);
    const track = this.data.tracks[Math.max(0, lastBefore(this.data.tracks, at))];
    if (!track) return;
    this.shelf.set("step", track.step);
    this.shelf.set("into", tenths(at - track.start));
  }

  finish() {
    this.memory.set("at", null);
    this.memory.set("finished", true);
    this.shelf.set("step", null);
  }
}
