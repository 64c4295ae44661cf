/** What a number from 0 to 10 asks of the page; never a score. */

const HIGH = 7;
const WORSE = 2;

/**
 * Return whether so much is going on that the way back to the room comes first.
 *
 * @param {number | null} number
 */
export const isHigh = (number) => number !== null && number >= HIGH;

/**
 * Return what there is to say of a number before and one after; either may be missing.
 *
 * @param {number | null} before
 * @param {number | null} after
 * @returns {"" | "worse" | "compared"}
 */
export function verdict(before, after) {
  if (after === null) return "";
  if (isHigh(after) || (before !== null && after >= before + WORSE)) return "worse";
  return before === null ? "" : "compared";
}
