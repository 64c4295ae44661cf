/** Where a breath is at a time; a pure function, so that nothing can drift. */

import { eased, lastBefore } from "./numbers.js";

/** Seconds before the first breath at which the circle is there. */
const AHEAD = 4;

/**
 * Return phase, cycle, seconds left and size (0 empty to 1 full), or null between breathing.
 *
 * @param {readonly Breath[]} breaths
 * @param {number} at
 * @returns {{ phase: PhaseName | "soon", cycle: number | null, left: number, size: number } | null}
 */
export function breathAt(breaths, at) {
  const index = lastBefore(breaths, at);
  const now = breaths[index];
  if (now && at < now.end) {
    const bent = eased((at - now.start) / (now.end - now.start));
    const size = { in: bent, hold: held(breaths, index), out: 1 - bent, rest: 0 }[now.phase];
    return { phase: now.phase, cycle: now.cycle, left: now.end - at, size };
  }
  const next = breaths[index + 1];
  if (!next || next.start - at > AHEAD) return null;
  return { phase: "soon", cycle: null, left: next.start - at, size: 0 };
}

/**
 * A hold is full after an in-breath, empty after an out-breath.
 *
 * @param {readonly Breath[]} breaths
 * @param {number} index
 */
function held(breaths, index) {
  return breaths[index - 1]?.phase === "out" ? 0 : 1;
}
