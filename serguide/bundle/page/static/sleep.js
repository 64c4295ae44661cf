/** The sleep timer: a slow fade, then silence. */

import { byId, inputs, write } from "./dom.js";

/** Seconds of the fade; it ends when the time is up. */
const FADE = 30;

/** Seconds of the fade at the end of a part. */
const PART_FADE = 8;

export class Sleep {
  /**
   * @param {import("./player.js").Player} player
   * @param {import("./parts.js").Parts} parts
   * @param {import("./words.js").Words} words
   */
  constructor(player, parts, words) {
    this.player = player;
    this.parts = parts;
    this.words = words;
    this.choice = "off";
    this.fading = false;
    this.deadline = 0;
    this.end = player.duration;
    for (const input of inputs("[name=sleep]")) {
      input.addEventListener("change", () => this.choose(input.value));
    }
    player.addEventListener("moved", () => this.#remark());
  }

  /** @param {string} choice - minutes, `part` or `off` */
  choose(choice) {
    this.choice = choice;
    this.deadline = Date.now() + Number(choice) * 60_000;
    this.#remark();
    if (this.fading) {
      this.fading = false;
      this.player.play();
    }
    this.draw();
  }

  draw() {
    if (this.fading && this.player.playing) this.#off();
    const left = this.#left();
    if (left === null) {
      write(byId("sleep-left"), "");
      return;
    }
    const whole = this.choice !== "part";
    write(byId("sleep-left"), whole ? this.words.left(left) : this.words.say("sleep_part"));
    if (!this.player.playing || this.fading) return;
    if (left <= (whole ? FADE : PART_FADE)) {
      this.fading = true;
      this.player.pause(Math.max(0.2, left) * 1000).then(() => {
        if (this.fading) this.#off();
      });
    }
  }

  #left() {
    if (this.choice === "off") return null;
    if (this.choice !== "part") return (this.deadline - Date.now()) / 1000;
    return (this.end - this.player.at) / this.player.element.playbackRate;
  }

  /** A jump to another part moves its end. */
  #remark() {
    this.end = this.parts.after(this.player.at) ?? this.player.duration;
  }

  #off() {
    this.fading = false;
    this.choice = "off";
    byId("sleep-off").checked = true;
    write(byId("sleep-left"), "");
  }
}
