/** Phrases of handing over that depend on whom it is for, on sizes and on time. */

import { say } from "../common/words.js";

/**
 * Return a phrase with the client's name, or its form for nobody in particular.
 *
 * @param {string} key
 * @param {string} who
 */
export function named(key, who) {
  return who ? say(key, { who }) : say(`${key}_nobody`);
}

/**
 * Return a size in words.
 *
 * @param {number} bytes
 */
export function size(bytes) {
  if (bytes < 950_000) return say("kb", { n: Math.max(1, Math.round(bytes / 1000)) });
  const millions = bytes / 1_000_000;
  return say("mb", { n: millions < 10 ? Math.round(millions * 10) / 10 : Math.round(millions) });
}

/**
 * Return the time that is left, in steps that do not press.
 *
 * @param {number | null} seconds
 */
export function timeLeft(seconds) {
  if (seconds === null) return "";
  if (seconds >= 55) return say("left_minutes", { n: Math.round(seconds / 60) });
  return say("left_seconds", { n: Math.max(5, Math.ceil(seconds / 5) * 5) });
}

/**
 * Return where a making stands, in words.
 *
 * @param {any} progress - of a snapshot
 */
export function standing(progress) {
  const { stage, part, of, spoken, sentences, left } = progress;
  const where =
    stage === "speaking"
      ? say("speaking", { n: spoken, of: sentences })
      : stage === "writing"
        ? say("finishing")
        : say("part_of", { part, of });
  return [where, timeLeft(left)].filter(Boolean).join(", ");
}
