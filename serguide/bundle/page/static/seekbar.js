/** The session's own loudness as bars, parts marked, with a slider over them. */

import { byId, write } from "./dom.js";
import { clock } from "./words.js";

const TALL = 44;
const WIDE = 5;
const BAR = 3;

export class Seekbar {
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

  draw(at) {
    if (this.dragging) return;
    this.input.value = String(Math.floor(at));
    this.#place(at);
  }

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
    const { waveform, tracks, duration } = this.data;
    // Without a measure there is still a line to follow.
    const heights = waveform.length ? waveform : new Array(60).fill(0.12);
    const path = heights.map((height, index) => {
      const half = Math.max(1.5, (height * (TALL - 10)) / 2);
      return `M${index * WIDE + BAR / 2} ${TALL / 2 - half}V${TALL / 2 + half}`;
    });
    const width = heights.length * WIDE;
    for (const each of this.bars.querySelectorAll("svg")) {
      each.setAttribute("viewBox", `0 0 ${width} ${TALL}`);
      each.querySelector("path").setAttribute("d", path.join(""));
    }
    const marks = tracks.slice(1).map(({ start }) => (
      `M${((start / duration) * width).toFixed(1)} ${TALL - 5}v5`
    ));
    for (const each of this.bars.querySelectorAll(".marks")) each.setAttribute("d", marks.join(""));
  }
}
