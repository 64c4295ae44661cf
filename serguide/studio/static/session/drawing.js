/** A part as a drawing: speech as bars, rests as dots, breath as a wave, sounds, loudness. */

import { draw } from "../common/dom.js";
import { litSamples } from "./lit.js";

const HEIGHT = 84;
const MIDDLE = 32;
const TALL = 30;
const HIGH = 17;
const LOW = 47;

/** @typedef {import("./plan.js").Part} Part */

/**
 * Draw a part, and its playhead beside it, to be moved along.
 *
 * @param {Part} part
 * @param {number} width
 */
export function sketch(part, width) {
  const scale = width / part.frames;
  const { drawing } = part;
  const head = draw("g", { class: "head" }, draw("path", { d: `M0 0V${HEIGHT}`, class: "hand" }));
  const picture = draw(
    "svg",
    {
      viewBox: `0 0 ${width} ${HEIGHT}`,
      preserveAspectRatio: "none",
      class: "part-drawing",
      "aria-hidden": "true",
    },
    draw("path", { class: "loudness", d: area(drawing.loudness, width) }),
    drawing.chapters
      .slice(1)
      .map((/** @type {[number, string]} */ [at]) =>
        draw("path", { class: "chapter", d: `M${at * scale} 0V${HEIGHT}` }),
      ),
    drawing.rests.map((/** @type {[number, number]} */ [start, end]) =>
      draw("path", { class: "rest", d: `M${start * scale + 4} ${MIDDLE}H${end * scale - 4}` }),
    ),
    drawing.breaths.map((/** @type {[number, number, string][]} */ run) =>
      draw("path", { class: "breath", d: wave(run, scale) }),
    ),
    drawing.speech.map((/** @type {[number, number, number]} */ [start, end, guide]) =>
      speech(start, end, guide, scale),
    ),
    drawing.sounds.map((/** @type {[number, number, string]} */ [start]) =>
      draw("path", { class: "sound", d: `M${start * scale} ${MIDDLE}h0.01` }),
    ),
    marks(part, scale),
    head,
  );
  return { picture, head };
}

/**
 * @param {number} start
 * @param {number} end
 * @param {number} guide
 * @param {number} scale
 */
function speech(start, end, guide, scale) {
  const tall = guide ? 10 : TALL;
  return draw("rect", {
    class: "speech",
    x: start * scale,
    y: MIDDLE - tall / 2,
    width: Math.max(1.5, (end - start) * scale),
    height: tall,
    rx: 2.5,
  });
}

/**
 * Mark the sentences that a finding is about: three dots above their bars.
 *
 * @param {Part} part
 * @param {number} scale
 */
function marks(part, scale) {
  return litSamples(part).map(({ at, lit }) =>
    draw("path", {
      class: lit ? "finding-mark lit" : "finding-mark",
      d: `M${at * scale} 8h0.01m5 0h0.01m5 0h0.01`,
    }),
  );
}

/**
 * @param {number[]} levels
 * @param {number} width
 */
function area(levels, width) {
  const step = width / Math.max(1, levels.length - 1);
  const points = levels.map((level, index) => `L${index * step} ${HEIGHT - level * 46}`);
  return `M0 ${HEIGHT}${points.join("")}L${width} ${HEIGHT}Z`;
}

/**
 * Breath to scale: it rises while one breathes in, and falls while one breathes out.
 *
 * @param {[number, number, string][]} run
 * @param {number} scale
 */
function wave(run, scale) {
  let y = LOW;
  let path = `M${(run[0]?.[0] ?? 0) * scale} ${y}`;
  for (const [start, end, phase] of run) {
    const goal = phase === "in" ? HIGH : phase === "out" ? LOW : y;
    const middle = ((start + end) / 2) * scale;
    path += `C${middle} ${y} ${middle} ${goal} ${end * scale} ${goal}`;
    y = goal;
  }
  return path;
}
