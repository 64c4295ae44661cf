/** Where in the session one is: the part that is shown, and the place that is heard from. */

import { current } from "./plan.js";

/** @typedef {import("./plan.js").Part} Part */

/** The place among the parts that is shown. */
let shown = 0;

/** Sample of the session that is heard from next. */
let cursor = 0;

/** @type {Set<() => void>} */
const watchers = new Set();

/**
 * Have something called whenever another part is shown.
 *
 * @param {() => void} watcher
 */
export function watchPart(watcher) {
  watchers.add(watcher);
}

/** Return the parts that are heard. @returns {Part[]} */
export function parts() {
  return current()?.parts ?? [];
}

/** Return the place of the part that is shown. */
export function shownPlace() {
  return Math.min(shown, Math.max(0, parts().length - 1));
}

/** Return the part that is shown. @returns {Part | undefined} */
export function shownPart() {
  return parts()[shownPlace()];
}

/**
 * Show a part.
 *
 * @param {number} place
 */
export function show(place) {
  const next = Math.min(Math.max(0, place), parts().length - 1);
  if (next === shown) return;
  shown = next;
  for (const watcher of watchers) watcher();
}

/** Return the sample of the session that is heard from next. */
export function at() {
  return Math.min(cursor, current()?.frames ?? 0);
}

/**
 * Stand at a sample of the session.
 *
 * @param {number} sample
 */
export function stand(sample) {
  cursor = Math.max(0, Math.min(sample, (current()?.frames ?? 1) - 1));
}

/**
 * Return the place of the part at a sample of the session.
 *
 * @param {number} sample
 */
export function placeAt(sample) {
  const all = parts();
  const found = all.findIndex((part) => sample < part.start + part.frames);
  return found < 0 ? Math.max(0, all.length - 1) : found;
}

/**
 * Return the index of the line that is heard at a sample of a part: the last that has begun.
 *
 * @param {Part} part
 * @param {number} sample - of the part
 */
export function lineAt(part, sample) {
  let found = 0;
  part.lines.forEach((line, index) => {
    if (line.kind !== "chapter" && line.at <= sample) found = index;
  });
  return found;
}
