import assert from "node:assert/strict";
import test from "node:test";
import { isHigh, verdict } from "../../../serguide/bundle/page/static/feeling.js";

test("from seven on the room comes first", () => {
  assert.deepEqual([null, 0, 6, 7, 10].map(isHigh), [false, false, false, true, true]);
});

test("nothing said is nothing to say", () => {
  assert.equal(verdict(3, null), "");
  assert.equal(verdict(null, null), "");
});

test("a high number, or two more than before, is worse", () => {
  assert.equal(verdict(9, 7), "worse");
  assert.equal(verdict(null, 7), "worse");
  assert.equal(verdict(2, 4), "worse");
  assert.equal(verdict(0, 2), "worse");
});

test("one more, the same or less is compared, and without a before nothing is", () => {
  assert.deepEqual(
    [5, 4, 1].map((after) => verdict(4, after)),
    Array(3).fill("compared"),
  );
  assert.equal(verdict(null, 6), "");
});
