import assert from "node:assert/strict";
import test from "node:test";
import {
  BARS_TALL,
  barsPath,
  barsWide,
  marksPath,
} from "../../../serguide/bundle/page/static/waveform.js";
import { TRACKS } from "./made.js";

const strokes = (path) =>
  path
    .split("M")
    .slice(1)
    .map((each) => each.split(/[ V]/).map(Number));

test("each value is one stroke about the middle, and silence is a dot", () => {
  const found = strokes(barsPath([0, 0.5, 1]));
  assert.equal(found.length, 3);
  for (const [, top, bottom] of found) assert.equal(top + bottom, BARS_TALL);
  const tall = found.map(([, top, bottom]) => bottom - top);
  assert.deepEqual(tall, [3, 17, 34]);
});

test("strokes stand side by side within the width", () => {
  const waveform = Array(200).fill(0.4);
  const found = strokes(barsPath(waveform)).map(([x]) => x);
  for (let index = 1; index < found.length; index += 1)
    assert.equal(found[index] - found[index - 1], 5);
  assert.ok(found.at(-1) < barsWide(waveform));
});

test("without a measure there is a flat line", () => {
  const tall = new Set(strokes(barsPath([])).map(([, top, bottom]) => bottom - top));
  assert.equal(tall.size, 1);
  assert.ok(barsWide([]) > 0);
});

test("marks stand where parts but the first begin", () => {
  assert.deepEqual(
    strokes(marksPath(TRACKS, 260, 1000).replaceAll("v5", "")).map(([x]) => x),
    [230.8, 769.2],
  );
  assert.equal(marksPath(TRACKS.slice(0, 1), 60, 1000), "");
});
