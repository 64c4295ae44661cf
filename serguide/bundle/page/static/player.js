/** One audio element, never with a jolt: start, pause, seek and stop are all ramped.
 *
 * It stays a media element from end to end, because phones go on playing one under the lock
 * screen. Events: "change" (playing or not), "moved" (a seek), "failed", "finished" (all of it
 * was heard).
 */

import { once } from "./dom.js";
import { clamp } from "./numbers.js";
import { Ramp } from "./ramp.js";

const START = 400;
const PAUSE = 250;
const SEEK_OUT = 120;
const SEEK_IN = 200;
const LEVEL = 120;
const SEEKING = 4000;

/** Seconds by which a whole file may seem to end early, or to have leapt. */
const EARLY = 5;

export class Player extends EventTarget {
  /**
   * @param {HTMLAudioElement} element
   * @param {number} duration
   */
  constructor(element, duration) {
    super();
    this.element = element;
    this.duration = duration;
    this.ramp = new Ramp(element);
    this.level = 1;
    this.muted = false;
    this.wanted = false;
    /** @type {number | null} */
    this.target = null;
    this.seeks = 0;
    this.last = { at: 0, when: performance.now() };
    element.controls = false;
    element.preservesPitch = true;
    element.webkitPreservesPitch = true;
    element.addEventListener("loadedmetadata", () => this.#applyTarget());
    element.addEventListener("play", () => {
      if (!this.wanted) this.play();
    });
    element.addEventListener("pause", () => this.#paused());
    element.addEventListener("error", () => this.#failed());
    for (const type of ["timeupdate", "seeked", "playing"]) {
      element.addEventListener(type, () => this.#heard());
    }
    element.addEventListener("ended", () => this.#ended());
  }

  /** The place that is heard, or that is being gone to; in seconds. */
  get at() {
    return this.target ?? this.element.currentTime;
  }

  get playing() {
    return this.wanted;
  }

  get loudness() {
    return this.muted ? 0 : this.level;
  }

  /** @param {number} [ms] */
  async play(ms = START) {
    this.wanted = true;
    this.#tell("change");
    if (this.element.ended) this.element.currentTime = 0;
    if (this.element.paused) this.element.volume = 0;
    try {
      await this.element.play();
    } catch (error) {
      const reason = error instanceof Error ? error.name : "";
      // A pause that came first is no failure, and neither is a browser that wants a tap.
      if (reason !== "AbortError") this.wanted = false;
      if (reason === "NotSupportedError") this.#tell("failed");
      this.#tell("change");
      return;
    }
    if (this.element.seeking) await once(this.element, "seeked", SEEKING);
    if (this.wanted && this.target === null) await this.ramp.to(this.loudness, ms);
  }

  /**
   * Fade out and pause; resolve when it is silent.
   *
   * @param {number} [ms]
   */
  async pause(ms = PAUSE) {
    if (this.wanted) {
      this.wanted = false;
      this.#tell("change");
    }
    if (this.element.paused) return;
    await this.ramp.to(0, ms);
    if (!this.wanted) this.element.pause();
  }

  /** @param {number} seconds */
  async seek(seconds) {
    this.target = clamp(seconds, 0, Math.max(0, this.duration - 0.1));
    this.#tell("moved");
    if (this.element.paused || this.element.readyState < 1) {
      this.#applyTarget();
      return;
    }
    this.seeks += 1;
    const turn = this.seeks;
    await this.ramp.to(0, SEEK_OUT);
    if (turn !== this.seeks || this.target === null) return;
    const arrived = once(this.element, "seeked", SEEKING);
    this.element.currentTime = this.target;
    await arrived;
    if (turn !== this.seeks) return;
    this.target = null;
    this.#tell("moved");
    if (this.wanted) await this.ramp.to(this.loudness, SEEK_IN);
  }

  /** @param {number} level */
  setLevel(level) {
    this.level = clamp(level, 0, 1);
    this.muted = false;
    this.#relevel();
  }

  toggleMute() {
    this.muted = !this.muted;
    this.#relevel();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.element.defaultPlaybackRate = speed;
    this.element.playbackRate = speed;
  }

  #relevel() {
    if (this.wanted && this.target === null) this.ramp.to(this.loudness, LEVEL);
  }

  /** Go to a place that was asked for before the file was open, or while it was silent. */
  #applyTarget() {
    if (this.target === null || this.element.readyState < 1) return;
    this.element.currentTime = this.target;
    this.target = null;
    this.#tell("moved");
  }

  /** The system paused: a call, a pulled plug. */
  #paused() {
    if (!this.wanted || this.element.ended) return;
    this.wanted = false;
    this.#tell("change");
  }

  /** Keep when one was where, to tell an end that was heard from one that was leapt to. */
  #heard() {
    if (!this.element.ended) this.last = { at: this.element.currentTime, when: performance.now() };
  }

  /**
   * A browser skips what it cannot read, to the end if need be, and reports no error: an end that
   * nobody can have heard is one.
   */
  #ended() {
    const { currentTime, playbackRate } = this.element;
    const passed = ((performance.now() - this.last.when) / 1000) * playbackRate;
    const leapt = currentTime - this.last.at - passed;
    if (Math.max(this.duration - currentTime, leapt) > EARLY) {
      this.#failed();
      return;
    }
    this.wanted = false;
    this.#tell("change");
    this.#tell("finished");
  }

  #failed() {
    this.wanted = false;
    this.#tell("failed");
    this.#tell("change");
  }

  /** @param {"change" | "moved" | "failed" | "finished"} what */
  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}
