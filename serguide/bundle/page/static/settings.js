/** How it sounds and looks; remembered for every session on this device. */

import { byId, clamp, write } from "./dom.js";

const VOLUME_STEP = 0.05;
const SPEED_STEP = 0.05;

export class Settings {
  /** Fields and what each one changes; players: all that make sound. */
  constructor({ memory, players, captions, pacer, words }) {
    Object.assign(this, { memory, players, words });
    this.#range("volume", 1, (value) => {
      for (const player of players) player.setLevel(value);
      return `${Math.round(value * 100)} %`;
    });
    this.#range("speed", 1, (value) => {
      players[0].setSpeed(value);
      return `${value.toFixed(2)} ×`;
    });
    this.#tick("captions", true, captions);
    this.#tick("circle", true, pacer);
    this.#tick("light", false, (light) => {
      document.documentElement.dataset.theme = light ? "light" : "dark";
    });
  }

  volume(step) {
    this.#step("volume", step * VOLUME_STEP);
  }

  speed(step) {
    this.#step("speed", step * SPEED_STEP);
  }

  mute() {
    for (const player of this.players) player.toggleMute();
    document.body.classList.toggle("muted", this.players[0].muted);
    return this.words.say(this.players[0].muted ? "muted" : "unmuted");
  }

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
      document.body.classList.toggle("muted", this.players[0].muted);
    });
    change();
  }

  #step(name, by) {
    const input = byId(name);
    const value = clamp(Number(input.value) + by, Number(input.min), Number(input.max));
    input.value = value.toFixed(2);
    input.dispatchEvent(new Event("input"));
  }

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
