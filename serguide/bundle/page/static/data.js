/** What the page was rendered with: samples in, seconds out. */

import { byId } from "./dom.js";

/** @type {readonly PhaseName[]} */
const PHASES = ["in", "hold", "out", "rest"];

/** Read the JSON in the page. */
export const readData = () => inSeconds(JSON.parse(byId("session-data").text));

/**
 * Return the page's data with all its times in seconds.
 *
 * @param {RawData} raw
 * @returns {SessionData}
 */
export function inSeconds(raw) {
  /** @param {number} count */
  const seconds = (count) => count / raw.samplerate;
  return {
    ...raw,
    ...score(raw, seconds),
    ground: score(raw.ground, seconds),
    tracks: raw.tracks.map((track) => ({
      ...track,
      start: seconds(track.start),
      end: seconds(track.end),
    })),
  };
}

/**
 * @param {RawScore} raw
 * @param {(count: number) => number} seconds
 * @returns {Score}
 */
function score(raw, seconds) {
  return {
    duration: seconds(raw.frames),
    says: raw.says.map(([start, end, text, language, direction]) => ({
      start: seconds(start),
      end: seconds(end),
      text,
      language,
      direction,
    })),
    breaths: raw.breaths.map(([start, end, phase, cycle]) => ({
      start: seconds(start),
      end: seconds(end),
      phase: PHASES[phase] ?? "rest",
      cycle,
    })),
  };
}
