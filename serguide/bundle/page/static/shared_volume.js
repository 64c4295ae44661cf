/** One volume for two sounds: a session's own element, and its stems, which may stand for it. */

import { eased } from "./numbers.js";

/** Milliseconds between two changes. */
const STEP = 8;

export class SharedVolume {
  /**
   * Whoever sets the element's volume sets both from now on, and reads back what was set.
   *
   * @param {HTMLMediaElement} element
   * @param {(volume: number) => void} stems - sets theirs
   */
  constructor(element, stems) {
    const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "volume");
    this.asked = element.volume;
    /** Of the stems: 0 for the element alone, 1 for the stems alone. */
    this.share = 0;
    this.turn = 0;
    this.apply = () => {
      own?.set?.call(element, this.asked * (1 - this.share));
      stems(this.asked * this.share);
    };
    Object.defineProperty(element, "volume", {
      get: () => this.asked,
      set: (/** @type {number} */ volume) => {
        this.asked = volume;
        this.apply();
      },
    });
  }

  /**
   * Go over from one to the other. Both say the same, so the voice keeps its level on the way.
   *
   * @param {number} share
   * @param {number} ms
   */
  to(share, ms) {
    this.turn += 1;
    const turn = this.turn;
    const from = this.share;
    const began = performance.now();
    const step = () => {
      if (turn !== this.turn) return;
      const part = Math.min(1, (performance.now() - began) / ms);
      this.share = from + (share - from) * eased(part);
      this.apply();
      if (part < 1) setTimeout(step, STEP);
    };
    step();
  }
}
