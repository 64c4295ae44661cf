import assert from "node:assert/strict";
import test from "node:test";
import { inSeconds } from "../../../serguide/bundle/page/static/data.js";

const RAW = {
  id: "urn:x",
  title: "The first evening",
  samplerate: 48_000,
  frames: 480_000,
  says: [[24_000, 72_000, "שלום", "he", "rtl"]],
  breaths: [
    [96_000, 144_000, 0, 0],
    [144_000, 240_000, 2, 0],
  ],
  tracks: [{ step: "arriving", title: "Arriving", language: "en", start: 0, end: 480_000 }],
  ground: { frames: 96_000, says: [[0, 48_000, "Here.", "en", "ltr"]], breaths: [] },
};

test("samples become seconds, everywhere", () => {
  const data = inSeconds(RAW);
  assert.equal(data.duration, 10);
  assert.deepEqual(data.says, [
    { start: 0.5, end: 1.5, text: "שלום", language: "he", direction: "rtl" },
  ]);
  assert.deepEqual(data.breaths, [
    { start: 2, end: 3, phase: "in", cycle: 0 },
    { start: 3, end: 5, phase: "out", cycle: 0 },
  ]);
  assert.deepEqual([data.tracks[0].start, data.tracks[0].end], [0, 10]);
  assert.equal(data.ground.duration, 2);
  assert.equal(data.ground.says[0].end, 1);
});

test("the rest stays as it is", () => {
  const { id, title, samplerate } = inSeconds(RAW);
  assert.deepEqual([id, title, samplerate], ["urn:x", "The first evening", 48_000]);
});
