/** What the page was rendered with: samples in, seconds out. */

import { byId } from "./dom.js";

const PHASES = ["in", "hold", "out", "rest"];

/** Read the JSON in the page. */
export function readData() {
  const raw = JSON.parse(byId("session-data").textContent);
  const seconds = (count) => count / raw.samplerate;
  const say = ([start, end, text, language, direction]) => (
    { start: seconds(start), end: seconds(end), text, language, direction }
  );
  const breath = ([start, end, phase, cycle]) => (
    { start: seconds(start), end: seconds(end), phase: PHASES[phase], cycle }
  );
  const score = ({ frames, says, breaths }) => (
    { duration: seconds(frames), says: says.map(say), breaths: breaths.map(breath) }
  );
  return {
    ...raw,
    ...score(raw),
    ground: score(raw.ground),
    tracks: raw.tracks.map((track) => (
      { ...track, start: seconds(track.start), end: seconds(track.end) }
    )),
  };
}

/** Return the index of the last entry that starts at or before `at`, or -1. */
export function lastBefore(entries, at) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle].start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
