/** The session as it lies in time, as paths (SVG): speech tall, rests a line, breath a wave. */

/** Size of the drawing, in units of its own. */
export const TALL = 44;
export const WIDE = 600;

/** Bars across; on a phone's width they stand apart. */
const BARS = 120;

const STEP = WIDE / BARS;
const MIDDLE = TALL / 2;

/** Half the height of the bar in which most is said, and of the shortest one. */
const TALLEST = 18;
const SHORTEST = 3;

/** How much taller a full bar stands out from a half full one; 1: as its share. */
const STAND_OUT = 1.6;

/** Of the most that is said in a bar, the part below which it is a rest. */
const A_REST = 0.15;

/** Height of the wave about the middle, and the length of one of its periods at the least. */
const WAVE = 8;
const PERIOD = 20;

/** Seconds between two breaths of one block, at the most. */
const APART = 1;

/** @param {number} value */
const short = (value) => String(Math.round(value * 10) / 10);

/**
 * Return how much of each of `count` equal stretches is taken by spans, 0 to 1.
 *
 * @param {readonly Span[]} spans
 * @param {number} duration
 * @param {number} [count]
 */
export function shares(spans, duration, count = BARS) {
  const each = duration / count;
  /** @type {number[]} */
  const found = new Array(count).fill(0);
  for (const { start, end } of spans) {
    const last = Math.min(count - 1, Math.floor(end / each));
    for (let index = Math.max(0, Math.floor(start / each)); index <= last; index += 1) {
      const from = Math.max(start, index * each);
      const to = Math.min(end, (index + 1) * each);
      found[index] = (found[index] ?? 0) + Math.max(0, to - from) / each;
    }
  }
  return found.map((share) => Math.min(1, share));
}

/**
 * Return where breathing is done: blocks of breaths that follow one another.
 *
 * @param {readonly Span[]} breaths
 * @returns {Span[]}
 */
export function blocks(breaths) {
  /** @type {Span[]} */
  const found = [];
  for (const { start, end } of breaths) {
    const last = found.at(-1);
    if (last && start - last.end <= APART) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

/**
 * Return the paths of speech, rests, breath and the beginnings of parts.
 *
 * @param {Pick<SessionData, "says" | "breaths" | "tracks" | "duration">} data
 */
export function drawn({ says, breaths, tracks, duration }) {
  const breathing = blocks(breaths);
  const spoken = shares(says, duration);
  const most = Math.max(...spoken) || 1;
  const breathed = shares(breathing, duration);
  /** @param {number} index */
  const isWave = (index) => (breathed[index] ?? 0) > 0.5;
  let said = "";
  let rests = "";
  spoken.forEach((share, index) => {
    // Words that guide a breath belong to its wave.
    if (isWave(index)) return;
    const x = index * STEP;
    if (share / most > A_REST) {
      const half = SHORTEST + (share / most) ** STAND_OUT * (TALLEST - SHORTEST);
      said += `M${short(x + STEP / 2)} ${short(MIDDLE - half)}V${short(MIDDLE + half)}`;
    } else rests += `M${short(x)} ${MIDDLE}h${short(STEP)}`;
  });
  return {
    said,
    rests,
    waves: runs(isWave).map(wave).join(""),
    marks: tracks
      .slice(1)
      .map(({ start }) => `M${short((start / duration) * WIDE)} ${TALL - 5}v5`)
      .join(""),
  };
}

/**
 * Return [from, to] in units for each run of stretches that pass.
 *
 * @param {(index: number) => boolean} passes
 * @returns {[number, number][]}
 */
function runs(passes) {
  /** @type {[number, number][]} */
  const found = [];
  for (let index = 0; index < BARS; index += 1) {
    if (!passes(index)) continue;
    const last = found.at(-1);
    if (last && last[1] === index * STEP) last[1] += STEP;
    else found.push([index * STEP, (index + 1) * STEP]);
  }
  return found;
}

/** @param {[number, number]} run */
function wave([from, to]) {
  const count = Math.max(1, Math.round((to - from) / PERIOD));
  const half = (to - from) / count / 2;
  const bend = short(half * 0.36);
  const over = `c${bend} ${-WAVE * 1.33} ${short(half - Number(bend))} ${-WAVE * 1.33} ${short(half)} 0`;
  const under = `c${bend} ${WAVE * 1.33} ${short(half - Number(bend))} ${WAVE * 1.33} ${short(half)} 0`;
  return `M${short(from)} ${MIDDLE}${(over + under).repeat(count)}`;
}
