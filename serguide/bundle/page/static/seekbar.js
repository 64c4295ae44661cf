/** The session as it lies in time, parts marked, with a slider over it. */

import { byId, write } from "./dom.js";
import { drawn, TALL, WIDE } from "./timeline.js";
import { clock } from "./words.js";

export class Seekbar {
  /**
   * @param {SessionData} data
   * @param {import("./words.js").Words} words
   * @param {(at: number) => void} seek
   */
  constructor(data, words, seek) {
    this.data = data;
    this.words = words;
    this.dragging = false;
    this.input = byId("seek");
    this.bars = byId("bars");
    this.input.max = String(Math.floor(data.duration));
    this.#build();
    this.input.addEventListener("input", () => {
      this.dragging = true;
      this.#place(Number(this.input.value));
    });
    this.input.addEventListener("change", () => {
      this.dragging = false;
      seek(Number(this.input.value));
    });
  }

  /** @param {number} at */
  draw(at) {
    if (this.dragging) return;
    this.input.value = String(Math.floor(at));
    this.#place(at);
  }

  /** @param {number} at */
  #place(at) {
    const { duration } = this.data;
    this.bars.style.setProperty("--at", `${(100 * at) / duration}%`);
    write(byId("now"), clock(at));
    write(byId("left"), this.words.left(duration - at));
    const said = this.words.say("position", { now: clock(at), all: clock(duration) });
    if (this.input.getAttribute("aria-valuetext") !== said) {
      this.input.setAttribute("aria-valuetext", said);
    }
  }

  #build() {
    const paths = Object.entries(drawn(this.data));
    for (const each of this.bars.querySelectorAll("svg")) {
      each.setAttribute("viewBox", `0 0 ${WIDE} ${TALL}`);
      for (const [name, path] of paths) each.querySelector(`.${name}`)?.setAttribute("d", path);
    }
  }
}
