/** How it sounds and looks; remembered for every session on this device. */

import { byId, write } from "./dom.js";
import { clamp } from "./numbers.js";

const VOLUME_STEP = 0.05;
const SPEED_STEP = 0.05;

export class Settings {
  /**
   * @param {object} parts
   * @param {import("./memory.js").Memory} parts.memory
   * @param {import("./player.js").Player} parts.session
   * @param {import("./player.js").Player} parts.ground
   * @param {(wanted: boolean) => void} parts.captions - puts the captions there or away
   * @param {(wanted: boolean) => void} parts.pacer - puts the circle there or away
   * @param {import("./words.js").Words} parts.words
   */
  constructor({ memory, session, ground, captions, pacer, words }) {
    this.memory = memory;
    this.session = session;
    this.players = [session, ground];
    this.words = words;
    this.#range("volume", 1, (value) => {
      for (const player of this.players) player.setLevel(value);
      return `${Math.round(value * 100)} %`;
    });
    this.#range("speed", 1, (value) => {
      session.setSpeed(value);
      return `${value.toFixed(2)} ×`;
    });
    this.#tick("captions", true, captions);
    this.#tick("circle", true, pacer);
    this.#tick("light", false, (light) => {
      document.documentElement.dataset.theme = light ? "light" : "dark";
    });
  }

  /** @param {number} step */
  volume(step) {
    this.#step("volume", step * VOLUME_STEP);
  }

  /** @param {number} step */
  speed(step) {
    this.#step("speed", step * SPEED_STEP);
  }

  mute() {
    for (const player of this.players) player.toggleMute();
    document.body.classList.toggle("muted", this.session.muted);
    return this.words.say(this.session.muted ? "muted" : "unmuted");
  }

  /**
   * @param {"volume" | "speed"} name
   * @param {number} otherwise
   * @param {(value: number) => string} apply - returns how to say it
   */
  #range(name, otherwise, apply) {
    const input = byId(name);
    const change = () => {
      const told = apply(Number(input.value));
      write(byId(`${name}-told`), told);
      input.setAttribute("aria-valuetext", told);
    };
    input.value = String(this.memory.get(name, otherwise));
    input.addEventListener("input", () => {
      change();
      this.memory.set(name, Number(input.value));
      document.body.classList.toggle("muted", this.session.muted);
    });
    change();
  }

  /**
   * @param {"volume" | "speed"} name
   * @param {number} by
   */
  #step(name, by) {
    const input = byId(name);
    const value = clamp(Number(input.value) + by, Number(input.min), Number(input.max));
    input.value = value.toFixed(2);
    input.dispatchEvent(new Event("input"));
  }

  /**
   * @param {"captions" | "circle" | "light"} name
   * @param {boolean} otherwise
   * @param {(wanted: boolean) => void} apply
   */
  #tick(name, otherwise, apply) {
    const input = byId(name);
    input.checked = this.memory.get(name, otherwise);
    input.addEventListener("change", () => {
      apply(input.checked);
      this.memory.set(name, input.checked);
    });
    apply(input.checked);
  }
}
