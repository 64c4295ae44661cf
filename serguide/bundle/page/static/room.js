/** Come back to the room: from anywhere, at once, gently; with words to read, whatever is heard. */

import { Captions } from "./captions.js";
import { byId, show, write } from "./dom.js";
import { lastBefore } from "./numbers.js";
import { Pacer } from "./pacer.js";

/** Milliseconds in which the session goes and the room comes; under a second. */
const CROSSING = 600;

/** Seconds to go back at most, so that going on does not begin inside a sentence. */
const SENTENCE = 12;

/** Seconds before its end from which on the ground track counts as heard. */
const OVER = 0.5;

/** Characters of a sentence that is shown whole; it has nearly all of the screen. */
const WHOLE = 160;

/**
 * Return where to go on from a place: the beginning of its sentence, if that is near.
 *
 * @param {readonly Say[]} says
 * @param {number} at
 */
export function goingOnFrom(says, at) {
  const say = says[lastBefore(says, at)];
  return say && at < say.end && at - say.start < SENTENCE ? say.start : at;
}

export class Room {
  /**
   * @param {object} parts
   * @param {import("./player.js").Player} parts.session
   * @param {import("./player.js").Player} parts.ground
   * @param {import("./views.js").Views} parts.views
   * @param {readonly Say[]} parts.says - the session's sentences
   * @param {Score} parts.score - the ground track's own
   * @param {import("./words.js").Words} parts.words
   * @param {() => void} parts.changed - see Pacer
   */
  constructor({ session, ground, views, says, score, words, changed }) {
    this.session = session;
    this.ground = ground;
    this.views = views;
    this.says = says;
    this.score = score;
    this.words = words;
    this.changed = changed;
    // A sentence stays until the next one, or a breath, begins: whoever hears nothing must not
    // look at an empty screen while five things are to be found.
    this.captions = new Captions(score.says, byId("ground-caption"), {
      longest: WHOLE,
      linger: Infinity,
      breaths: score.breaths,
    });
    this.pacer = new Pacer(score.breaths, words, changed, "ground-");
    this.broken = false;
    /**
     * When its words began, in milliseconds of the page's clock, where its sound cannot be played.
     *
     * @type {number | null}
     */
    this.silentSince = null;
    /**
     * Where such words were paused, in seconds.
     *
     * @type {number | null}
     */
    this.heldAt = null;
    this.worded = true;
    byId("room").addEventListener("click", () => this.enter());
    byId("voice").addEventListener("click", () => this.toggle());
    byId("go-on").addEventListener("click", () => this.goOn());
    byId("ground-words").addEventListener("click", () => this.#showWords(!this.worded));
    ground.addEventListener("change", () => this.label());
    ground.addEventListener("failed", () => this.#fellSilent());
    ground.element.addEventListener("playing", () => this.#sounds());
    this.#showWords(true);
  }

  /** Seconds into the ground track; by the clock alone where its sound cannot be played. */
  get at() {
    if (this.silentSince === null) return this.ground.at;
    return this.heldAt ?? (performance.now() - this.silentSince) / 1000;
  }

  /** Whether there is something new to be read, or will be. */
  get going() {
    if (this.silentSince === null) return this.ground.playing;
    return this.heldAt === null && this.at < this.score.duration;
  }

  /** Whether all of it was said, or nothing yet. */
  get over() {
    return !this.going && (this.at === 0 || this.at >= this.score.duration - OVER);
  }

  /** The one large button: staying here, with the voice or without it. */
  toggle() {
    if (this.over) this.enter();
    else if (this.silentSince !== null) this.#holdWords(this.heldAt === null);
    else if (this.ground.playing) this.ground.pause();
    else this.ground.play();
    this.label();
  }

  /** Say on the buttons what they do now. */
  label() {
    const key = this.going ? "voice_pause" : this.over ? "again" : "voice_on";
    write(byId("voice"), this.words.say(key));
    write(byId("go-on"), this.words.say(this.session.at > 0 ? "go_on" : "once_more"));
  }

  enter() {
    // Both begin inside the tap: a phone lets sound start nowhere else.
    if (!this.going) {
      this.heldAt = null;
      this.silentSince = this.broken ? performance.now() : null;
      this.ground.seek(0);
      this.ground.play(CROSSING);
      // Words that were switched off for a session, or put away in the room another time, are
      // there again: someone who cannot hear, or cannot follow a voice now, will not look for a
      // switch. One tap puts them away.
      this.#showWords(true);
    }
    this.session.pause(CROSSING);
    this.views.show("ground");
    this.label();
  }

  goOn() {
    this.leave();
    if (!(this.session.at > 0)) {
      this.views.show("before");
      return;
    }
    const at = this.session.at;
    const from = goingOnFrom(this.says, at);
    if (from !== at) this.session.seek(from);
    this.session.play(CROSSING);
    this.views.show("playing");
  }

  /**
   * Fade out; resolve when it is silent.
   *
   * @param {number} [ms]
   */
  leave(ms = CROSSING) {
    this.silentSince = this.heldAt = null;
    return this.ground.pause(ms);
  }

  draw() {
    this.captions.draw(this.at);
    this.pacer.draw(this.at);
    this.label();
  }

  /** @param {boolean} held */
  #holdWords(held) {
    const { at } = this;
    this.heldAt = held ? at : null;
    if (!held) {
      this.silentSince = performance.now() - at * 1000;
      // Perhaps the sound is back: then it takes over from here.
      this.ground.seek(at);
      this.ground.play(CROSSING);
    }
    this.changed();
  }

  /** @param {boolean} shown */
  #showWords(shown) {
    this.worded = shown;
    show(byId("ground-caption"), shown);
    byId("ground-words").textContent = this.words.say(shown ? "words_away" : "words_show");
  }

  /** The sound is not there, or no more: the words go on from where they are. */
  #fellSilent() {
    if (this.views.name === "ground") this.silentSince ??= performance.now() - this.at * 1000;
    this.broken = true;
    show(byId("ground-broken"), true);
  }

  #sounds() {
    this.silentSince = this.heldAt = null;
    this.broken = false;
    show(byId("ground-broken"), false);
  }
}
