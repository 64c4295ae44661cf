import assert from "node:assert/strict";
import test from "node:test";
import {
  blocks,
  drawn,
  shares,
  TALL,
  WIDE,
} from "../../../serguide/bundle/page/static/timeline.js";
import { BREATHS, says, TRACKS } from "./made.js";

const numbers = (path) =>
  path
    .split("M")
    .slice(1)
    .map((each) => each.split(/[ VhH]/).map(Number));

// Two minutes: speech, forty seconds of rest, half as much speech, breaths with guide words.
const SESSION = {
  duration: 120,
  says: says(
    [0, 40, "All the time."],
    ...Array.from({ length: 20 }, (_, n) => [80 + n, 80.5 + n, "Half."]),
    [103, 104, "In."],
  ),
  breaths: BREATHS.map((each) => ({ ...each, start: each.start + 90, end: each.end + 90 })),
  tracks: TRACKS.map((each) => ({ ...each, start: each.start / 2.6, end: each.end / 2.6 })),
};

test("speech stands tall where it lies, and taller where more is said", () => {
  const bars = numbers(drawn(SESSION).said);
  const heights = (from, to) =>
    bars
      .filter(([x]) => x > (from / 120) * WIDE && x < (to / 120) * WIDE)
      .map(([, top, bottom]) => bottom - top);
  assert.equal(heights(0, 40).length, 40);
  assert.deepEqual(heights(41, 79), []);
  assert.deepEqual(new Set(heights(0, 40)), new Set([36]));
  assert.ok(heights(80, 99).length > 0);
  for (const height of heights(80, 99)) assert.ok(height > 6 && height < 36, String(height));
  for (const [, top, bottom] of bars) assert.ok(Math.abs(top + bottom - TALL) < 0.2);
});

test("a rest is a line, and is no bar", () => {
  const { rests, said } = drawn(SESSION);
  const lines = numbers(rests).map(([x]) => x);
  const at = (seconds) => (seconds / 120) * WIDE;
  assert.equal(lines.filter((x) => x >= at(41) && x < at(79)).length, 38);
  const bars = new Set(numbers(said).map(([x]) => Math.floor(x / 5)));
  for (const x of lines) assert.ok(!bars.has(x / 5));
});

test("breath is a wave over its whole time, and its guide words are part of it", () => {
  const { waves, said, rests } = drawn(SESSION);
  const [[from]] = numbers(waves.replace(/c.*/, ""));
  assert.equal(from, 500);
  assert.ok(waves.includes("c"));
  for (const path of [said, rests]) for (const [x] of numbers(path)) assert.ok(x < 500 || x >= 600);
});

test("breaths that follow one another are one block", () => {
  assert.deepEqual(blocks(BREATHS), [{ start: 10, end: 34 }]);
  assert.equal(blocks([...BREATHS, { start: 60, end: 64 }]).length, 2);
  assert.deepEqual(blocks([]), []);
});

test("shares are parts of each stretch", () => {
  assert.deepEqual(shares([{ start: 5, end: 15 }], 40, 4), [0.5, 0.5, 0, 0]);
  assert.deepEqual(shares([{ start: 0, end: 41 }], 40, 2), [1, 1]);
});

test("marks stand where parts but the first begin", () => {
  const marks = drawn({ ...SESSION, duration: 260, tracks: TRACKS }).marks;
  assert.deepEqual(
    numbers(marks.replaceAll("v5", "")).map(([x]) => x),
    [138.5, 461.5],
  );
});

test("a session without a word has a line to follow", () => {
  const { said, rests } = drawn({ ...SESSION, says: [], breaths: [] });
  assert.equal(said, "");
  assert.equal(numbers(rests).length, 120);
});
