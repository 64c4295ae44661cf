/** Which sentences a finding is about, and which finding one is looking at. */

import { known } from "./plan.js";
import { parts } from "./place.js";

/** @typedef {import("./plan.js").Part} Part */
/** @typedef {import("./plan.js").Finding} Finding */

/** @type {number | null} */
let looking = null;
/** @type {Set<() => void>} */
const watchers = new Set();

/**
 * Have something called whenever another finding is looked at.
 *
 * @param {() => void} watcher
 */
export function watchLit(watcher) {
  watchers.add(watcher);
}

/**
 * Look at a finding: its sentence, its bar and its note light up.
 *
 * @param {number | null} index
 */
export function lookAt(index) {
  if (looking === index) return;
  looking = index;
  for (const watcher of watchers) watcher();
}

/** Return the place of the finding that is looked at, or null. */
export function lookedAt() {
  return looking;
}

/** Return the findings. @returns {Finding[]} */
export function findings() {
  return known()?.findings ?? [];
}

/**
 * Return where the findings of a part stand, in samples of the part, and whether one looks there.
 *
 * @param {Part} part
 */
export function litSamples(part) {
  const place = parts().indexOf(part);
  return findings().flatMap((finding, index) =>
    finding.where
      .filter(([where]) => where === place)
      .map(([, at]) => ({ at, lit: index === looking, index })),
  );
}

/**
 * Return the finding about a sentence, or undefined.
 *
 * @param {Part} part
 * @param {number} at - its first sample in the part
 */
export function litAt(part, at) {
  return litSamples(part).find((each) => each.at === at);
}
