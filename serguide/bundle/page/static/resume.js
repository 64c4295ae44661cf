/** Where one left off. It is kept by bundle, and found again after the bundle was updated. */

import { clamp } from "./dom.js";
import { lastBefore } from "./data.js";

const WORTH_KEEPING = 5;
/** Seconds; a beginning is never written over a place that was reached. */

export class Resume {
  /** memory: of this bundle; shelf: what was last heard of this session at this address. */
  constructor(memory, shelf, data) {
    this.memory = memory;
    this.shelf = shelf;
    this.data = data;
  }

  /** Return the place in seconds, or null. */
  saved() {
    const own = this.memory.get("at");
    if (typeof own === "number") return own > WORTH_KEEPING ? clamp(own, 0, this.data.duration) : null;
    if (this.memory.get("finished")) return null;
    const step = this.shelf.get("step");
    const track = this.data.tracks.find((each) => each.step === step);
    if (!track) return null;
    const at = track.start + clamp(this.shelf.get("into", 0), 0, track.end - track.start);
    return at > WORTH_KEEPING ? at : null;
  }

  keep(at) {
    if (!(at > WORTH_KEEPING) || at > this.data.duration - 1) return;
    const track = this.data.tracks[Math.max(0, lastBefore(this.data.tracks, at))];
    this.memory.set("at", Math.round(at * 10) / 10);
    this.memory.set("finished", null);
    this.shelf.set("step", track.step);
    this.shelf.set("into", Math.round((at - track.start) * 10) / 10);
  }

  finish() {
    this.memory.set("at", null);
    this.memory.set("finished", true);
    this.shelf.set("step", null);
  }
}
