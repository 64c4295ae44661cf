/** The soundscape against the voice: the stems go along with the session, and stand for it.
 *
 * The session's own element stays the clock of the page and of the lock screen, and is heard
 * wherever the stems are not: while the balance is as it was made, before they have come, when
 * Web Audio is taken away. Voice and bed are one file, so these two are in step always.
 */

import { clamp, lastBefore } from "./numbers.js";
import { SharedVolume } from "./shared_volume.js";

/** Milliseconds between two looks at both. */
const LOOK = 100;

/** Milliseconds of going over, and of doing so when the stems have fallen silent. */
const OVER = 250;
const AT_ONCE = 30;

/** Milliseconds that the stems may need after a start or a seek, while all is still quiet. */
const PATIENCE = 900;

/** Seconds by which they may stand beside the session, before and after they stand for it. */
const NEAR = 0.06;
const FAR = 0.2;

/** Seconds that they catch up by running; what is more, by a seek. */
const RUN = 2;

/** Milliseconds between two tries to come nearer. */
const TRY = 700;

/** Milliseconds away from the session after which they are given up: WebKitGTK loses them. */
const STUCK = 10_000;

/** Looks in a row without a voice, in the midst of a sentence, that tell of channels mixed. */
const DEAF = 20;

/** Seconds from a sentence's ends that are not its midst. */
const EDGE = 0.4;

export class Balance {
  /**
   * @param {object} parts
   * @param {HTMLMediaElement} parts.session
   * @param {import("./stems.js").Stems} parts.stems
   * @param {readonly Span[]} parts.says - the session's sentences
   * @param {() => void} parts.load - has the stems' sound there, before they play first
   * @param {() => void} parts.failed - hears that this browser cannot do it
   */
  constructor({ session, stems, says, load, failed }) {
    this.session = session;
    this.stems = stems;
    this.says = says;
    this.load = load;
    this.failed = failed;
    this.volume = new SharedVolume(session, (volume) => stems.setVolume(volume));
    this.level = 1;
    this.standing = false;
    this.heard = false;
    this.over = false;
    this.deaf = 0;
    /** Seconds that a seek of theirs takes. */
    this.lead = 0;
    this.quietUntil = 0;
    this.tried = 0;
    this.near = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.looking = undefined;
    const { element } = stems;
    session.addEventListener("play", () => this.#follow());
    session.addEventListener("pause", () => this.#rest());
    session.addEventListener("waiting", () => this.#wait());
    session.addEventListener("playing", () => this.#follow());
    session.addEventListener("seeking", () => this.#move());
    session.addEventListener("ratechange", () => this.#setRate());
    element.addEventListener("error", () => this.#fail());
    // Browsers that let a sound begin in a tap alone get another tap.
    for (const type of ["pointerup", "keydown"]) addEventListener(type, () => this.#follow());
  }

  /** @param {number} level - of the bed: 0 for none, 1 for as it was made */
  set(level) {
    this.level = level;
    this.stems.setBed(level);
    if (level < 1) this.#follow();
  }

  get #wanted() {
    return this.level < 1 && !this.over;
  }

  /** Go along with the session, from where it is. */
  #follow() {
    const { element } = this.stems;
    if (!this.#wanted || this.session.paused) return;
    this.looking ??= setInterval(() => this.#look(), LOOK);
    if (!element.paused) return;
    this.near = performance.now();
    this.load();
    this.stems.open();
    this.#setRate();
    this.#move();
    element.play().catch((error) => {
      if (error.name === "NotSupportedError") this.#fail();
    });
  }

  /** The session has run dry: there is nothing to go along with, until it has more. */
  #wait() {
    if (this.session.readyState < 3) this.stems.element.pause();
  }

  #rest() {
    clearInterval(this.looking);
    this.looking = undefined;
    this.stems.element.pause();
    if (!this.#wanted) this.#give(AT_ONCE);
  }

  #move() {
    if (!this.stems.context) return;
    const { element } = this.stems;
    const now = performance.now();
    this.quietUntil = now + PATIENCE;
    this.tried = now;
    element.currentTime = this.session.currentTime + (this.session.paused ? 0 : this.lead);
  }

  /** @param {number} [factor] - of the session's own speed */
  #setRate(factor = 1) {
    const { element } = this.stems;
    element.preservesPitch = element.webkitPreservesPitch = true;
    element.defaultPlaybackRate = element.playbackRate = this.session.playbackRate * factor;
  }

  #look() {
    if (!this.#wanted) {
      this.#retire();
      return;
    }
    if (this.stems.element.paused && this.session.readyState > 2) this.#follow();
    if (!this.stems.advance()) {
      if (!this.stems.running) this.#give(AT_ONCE);
      else if (performance.now() > this.quietUntil) this.#give(OVER);
      this.#doubt();
      return;
    }
    const beside = this.stems.element.currentTime - this.session.currentTime;
    const near = Math.abs(beside) < (this.standing ? FAR : NEAR);
    this.heard ||= this.stems.sounds;
    if (near) {
      this.near = performance.now();
      if (this.heard) this.#take();
    } else {
      this.#nearer(beside);
      this.#doubt();
    }
    this.#hearken();
  }

  /** @param {number} beside - seconds by which the stems are ahead */
  #nearer(beside) {
    const now = performance.now();
    if (this.standing) {
      if (now < this.quietUntil) return;
      // First out of hearing, then to another place.
      this.#give(OVER);
      this.tried = now - TRY + OVER;
      return;
    }
    if (this.volume.share > 0) return;
    if (Math.abs(beside) < RUN) {
      // Nobody hears how fast they go; a seek would take its own time again.
      this.#setRate(1 - clamp(2 * beside, -0.5, 0.5));
      return;
    }
    if (now < this.tried + TRY) return;
    // What a seek took is what the next one has to reckon with; a stranger's stall is not.
    this.lead = Math.max(0, Math.min(1, this.lead - beside));
    this.#move();
  }

  #doubt() {
    if (performance.now() > this.near + STUCK) this.#fail();
  }

  #take() {
    if (this.standing) return;
    this.standing = true;
    this.#setRate();
    this.volume.to(1, OVER);
  }

  /** @param {number} ms */
  #give(ms) {
    if (!this.standing) return;
    this.standing = false;
    this.volume.to(0, ms);
  }

  /** As it was made is what the session's own sound is. */
  #retire() {
    if (this.standing) {
      this.#give(OVER);
    } else if (this.volume.share === 0) {
      clearInterval(this.looking);
      this.looking = undefined;
      this.stems.element.pause();
    }
  }

  /** Where a sentence is due and no voice comes, the mixed sound has it. */
  #hearken() {
    const at = this.session.currentTime;
    const say = this.says[lastBefore(this.says, at)];
    const due = this.standing && say && at > say.start + EDGE && at < say.end - EDGE;
    if (!due) return;
    this.deaf = this.stems.speaks ? 0 : this.deaf + 1;
    if (this.deaf >= DEAF) this.#fail();
  }

  #fail() {
    if (this.over) return;
    this.over = true;
    this.#give(AT_ONCE);
    this.stems.element.pause();
    this.failed();
  }
}
