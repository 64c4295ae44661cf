/** Small sums that several parts do. */

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * Return how far a raised cosine is, 0 to 1, when a part of its time, 0 to 1, has passed.
 *
 * @param {number} part
 */
export const eased = (part) => (1 - Math.cos(Math.PI * part)) / 2;

/**
 * Return the index of the last entry that starts at or before `at`, or -1.
 *
 * @param {readonly { start: number }[]} entries - by their beginnings
 * @param {number} at
 */
export function lastBefore(entries, at) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry && entry.start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
