/** Volume never steps: every change is a raised cosine. */

import { clamp, eased } from "./numbers.js";

/** Milliseconds between two changes, each too small to hear. */
const STEP = 8;

/**
 * Milliseconds that one change may cover after the page was held up, or its share of a long
 * fade, which would otherwise end late on a busy phone.
 */
const MOST = 24;
const SHARE = 0.02;

/** iPhones leave the volume to their keys: there a ramp is over at once. */
function settable() {
  const probe = document.createElement("audio");
  probe.volume = 0.5;
  return probe.volume === 0.5;
}

export class Ramp {
  /** @param {HTMLMediaElement} element */
  constructor(element) {
    this.element = element;
    this.turn = 0;
    this.settable = settable();
  }

  /**
   * Go to a volume in `ms`; resolve to false when another ramp took over.
   *
   * @param {number} target
   * @param {number} ms
   * @returns {Promise<boolean>}
   */
  to(target, ms) {
    this.turn += 1;
    const turn = this.turn;
    const from = this.element.volume;
    let passed = this.settable ? 0 : ms;
    const most = Math.max(MOST, ms * SHARE);
    let before = performance.now();
    return new Promise((resolve) => {
      const step = () => {
        if (turn !== this.turn) {
          resolve(false);
          return;
        }
        const now = performance.now();
        // A hidden page gets few turns: there the clock alone counts, so that a fade ends.
        passed += document.hidden ? now - before : Math.min(now - before, most);
        before = now;
        const part = Math.min(1, passed / ms);
        this.element.volume = clamp(from + (target - from) * eased(part), 0, 1);
        if (part < 1) setTimeout(step, STEP);
        else resolve(true);
      };
      step();
    });
  }
}
