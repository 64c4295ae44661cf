/** The circle that breathes with the sound, drawn from the sound's own clock. */

import { breathAt } from "./breath.js";
import { byId, show, write } from "./dom.js";

export class Pacer {
  /**
   * @param {readonly Breath[]} breaths
   * @param {import("./words.js").Words} words - of the phases
   * @param {() => void} changed - called when the circle appears, goes, stops or moves
   * @param {"" | "ground-"} [prefix] - of its elements' ids
   */
  constructor(breaths, words, changed, prefix = "") {
    this.breaths = breaths;
    this.words = words;
    this.changed = changed;
    this.still = false;
    this.wanted = true;
    this.shown = false;
    this.room = byId(`${prefix}pacer-room`);
    this.circle = byId(`${prefix}pacer`);
    this.word = byId(`${prefix}pacer-word`);
    this.number = byId(`${prefix}pacer-number`);
    this.button = byId(`${prefix}pacer-still`);
    this.button.addEventListener("click", () => this.hold(!this.still));
  }

  /** Whether a moving circle is to be seen. */
  get moving() {
    return this.shown && !this.still;
  }

  /** @param {boolean} still */
  hold(still) {
    this.still = still;
    this.button.textContent = this.words.say(still ? "pacer_move" : "pacer_still");
    this.circle.classList.toggle("still", still);
    this.changed();
  }

  /** @param {number} at */
  draw(at) {
    const breath = this.wanted ? breathAt(this.breaths, at) : null;
    if (this.shown !== Boolean(breath)) {
      this.shown = Boolean(breath);
      show(this.room, this.shown);
      this.changed();
    }
    if (!breath) return;
    this.circle.dataset.phase = breath.phase;
    this.circle.dataset.cycle = String(breath.cycle ?? "");
    const told = breath.phase !== "soon" && !this.still;
    this.circle.style.setProperty("--breath", this.still ? "0.5" : breath.size.toFixed(4));
    write(this.word, told ? this.words.say(breath.phase) : "");
    write(this.number, told ? String(Math.max(1, Math.ceil(breath.left))) : "");
  }
}
