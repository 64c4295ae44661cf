/** The session's loudness as a path of bars, and its parts as marks below them (SVG). */

/** Height of the drawing, in units of its own. */
export const BARS_TALL = 44;

const WIDE = 5;
const BAR = 3;

/** Without a measure there is still a line to follow. */
const FLAT = new Array(60).fill(0.12);

/** @param {readonly number[]} waveform */
const heights = (waveform) => (waveform.length ? waveform : FLAT);

/** @param {readonly number[]} waveform */
export const barsWide = (waveform) => heights(waveform).length * WIDE;

/**
 * Return one upright stroke for each value.
 *
 * @param {readonly number[]} waveform - from 0 to 1
 */
export function barsPath(waveform) {
  const bars = heights(waveform).map((height, index) => {
    const half = Math.max(1.5, (height * (BARS_TALL - 10)) / 2);
    return `M${index * WIDE + BAR / 2} ${BARS_TALL / 2 - half}V${BARS_TALL / 2 + half}`;
  });
  return bars.join("");
}

/**
 * Return a mark where each part but the first begins.
 *
 * @param {readonly Span[]} tracks
 * @param {number} duration
 * @param {number} width
 */
export function marksPath(tracks, duration, width) {
  const marks = tracks
    .slice(1)
    .map(({ start }) => `M${((start / duration) * width).toFixed(1)} ${BARS_TALL - 5}v5`);
  return marks.join("");
}
