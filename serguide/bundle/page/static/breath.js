/** Where a breath is at a time; a pure function, so that nothing can drift. */

import { lastBefore } from "./data.js";

const AHEAD = 4;
/** Seconds before the first breath at which the circle is there. */

/** Return phase, cycle, seconds left and size (0 empty to 1 full), or null between breathing. */
export function breathAt(breaths, at) {
  const index = lastBefore(breaths, at);
  const now = breaths[index];
  if (now && at < now.end) {
    const part = (at - now.start) / (now.end - now.start);
    const bent = (1 - Math.cos(Math.PI * part)) / 2;
    const size = { in: bent, hold: held(breaths, index), out: 1 - bent, rest: 0 }[now.phase];
    return { phase: now.phase, cycle: now.cycle, left: now.end - at, size };
  }
  const next = breaths[index + 1];
  if (next && next.start - at <= AHEAD) return { phase: "soon", cycle: null, left: null, size: 0 };
  return null;
}

/** A hold is full after an in-breath, empty after an out-breath. */
function held(breaths, index) {
  return breaths[index - 1]?.phase === "out" ? 0 : 1;
}
