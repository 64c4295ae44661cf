/** Is the voice loud enough, the room quiet enough, the pace calm: as the terminal judges them. */

const SOFT = -38;
const NOISY = -50;
const LOUD = -1;
const KEPT = 400; // steps of 10 ms that are looked at
const STEP = 480;
const HUM = 18; // dB over its neighbours

/** Words a minute that are calm. */
export const CALM = { from: 85, to: 125, least: 60, most: 160 };

/** Listen to the last four seconds. */
export class Meter {
  constructor() {
    /** @type {number[]} */
    this.levels = [];
    this.peaks = /** @type {number[]} */ ([]);
  }

  /** @param {Float32Array} block */
  add(block) {
    for (let at = 0; at + STEP <= block.length; at += STEP) {
      let [sum, peak] = [0, 0];
      for (let index = at; index < at + STEP; index += 1) {
        const sample = block[index] ?? 0;
        sum += sample * sample;
        peak = Math.max(peak, Math.abs(sample));
      }
      this.levels.push(10 * Math.log10(sum / STEP + 1e-12));
      this.peaks.push(peak);
    }
    this.levels.splice(0, this.levels.length - KEPT);
    this.peaks.splice(0, this.peaks.length - KEPT);
  }

  /**
   * @param {boolean} speaking
   * @returns {{ level: number, voice: "" | "good" | "soft" | "loud", room: "" | "quiet" | "noisy" }}
   */
  report(speaking) {
    if (this.levels.length < 10) return { level: 0, voice: "", room: "" };
    const now = Math.max(...this.levels.slice(-8));
    const loudest = Math.max(...this.levels);
    const peak = 20 * Math.log10(Math.max(...this.peaks) + 1e-9);
    const floor = [...this.levels].sort((a, b) => a - b)[Math.floor(this.levels.length / 10)] ?? 0;
    /** @type {"" | "good" | "soft" | "loud"} */
    let voice = "";
    if (peak > LOUD) voice = "loud";
    else if (speaking) voice = loudest < SOFT ? "soft" : "good";
    return {
      level: Math.min(1, Math.max(0, (now + 60) / 54)),
      voice,
      room: floor > NOISY ? "noisy" : "quiet",
    };
  }
}

/**
 * Tell whether mains hums in a spectrum: a line at 50 or 60 Hz or their overtones, alone.
 *
 * @param {Float32Array} decibels - of an AnalyserNode
 * @param {number} width - of a bin, in Hz
 */
export function hums(decibels, width) {
  return [50, 60, 100, 120, 150, 180].some((tone) => {
    const at = Math.round(tone / width);
    const around = Math.max(3, Math.round(12 / width));
    const line = Math.max(...decibels.slice(at - 1, at + 2));
    const beside = [
      ...decibels.slice(at - around, at - 2),
      ...decibels.slice(at + 3, at + around + 1),
    ].sort((a, b) => a - b);
    const middle = beside[Math.floor(beside.length / 2)] ?? 0;
    return line > -75 && line - middle > HUM;
  });
}

/**
 * Say of a pace how it is.
 *
 * @param {number} words - a minute
 */
export function paceOf(words) {
  if (words > CALM.to) return "quick";
  return words < CALM.from ? "slow" : "calm";
}
