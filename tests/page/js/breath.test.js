import assert from "node:assert/strict";
import test from "node:test";
import { breathAt } from "../../../serguide/bundle/page/static/breath.js";
import { BREATHS } from "./made.js";

test("the circle comes four seconds before the first breath, and says nothing", () => {
  assert.equal(breathAt(BREATHS, 5.9), null);
  assert.deepEqual(breathAt(BREATHS, 6), { phase: "soon", cycle: null, left: 4, size: 0 });
});

test("it fills, is held, empties and rests", () => {
  const sizes = [10, 12, 14, 14.5, 15, 18, 21, 21.5].map((at) => breathAt(BREATHS, at).size);
  for (const [index, wanted] of [0, 0.5, 1, 1, 1, 0.5, 0, 0].entries()) {
    assert.ok(Math.abs(sizes[index] - wanted) < 1e-9, `${index}: ${sizes[index]}`);
  }
});

test("it says phase, cycle and the seconds that are left", () => {
  const { phase, cycle, left } = breathAt(BREATHS, 28.5);
  assert.deepEqual([phase, cycle, left], ["out", 1, 4.5]);
});

test("a hold after an out-breath is empty", () => {
  const empty = [
    { phase: "out", start: 0, end: 4, cycle: 0 },
    { phase: "hold", start: 4, end: 6, cycle: 0 },
  ];
  assert.equal(breathAt(empty, 5).size, 0);
});

test("after the last breath it is gone", () => {
  assert.equal(breathAt(BREATHS, 34), null);
  assert.equal(breathAt([], 3), null);
});

test("its size never jumps", () => {
  let before = breathAt(BREATHS, 6).size;
  for (let at = 6; at < 34; at += 0.01) {
    const { size } = breathAt(BREATHS, at);
    assert.ok(Math.abs(size - before) < 0.01, `at ${at}`);
    before = size;
  }
});
