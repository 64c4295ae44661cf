import assert from "node:assert/strict";
import test from "node:test";
import { partAfter, partBefore } from "../../../serguide/bundle/page/static/parts.js";
import { TRACKS } from "./made.js";

test("back leads to the part before, or to the beginning of one that has been on", () => {
  const found = [0, 3, 5, 61, 64, 64.1, 201, 230].map((at) => partBefore(TRACKS, at));
  assert.deepEqual(found, [0, 0, 0, 0, 0, 60, 60, 200]);
});

test("on leads to the next part, and from the last to none", () => {
  assert.deepEqual(
    [0, 59.9, 60, 200, 259].map((at) => partAfter(TRACKS, at)),
    [60, 60, 200, null, null],
  );
});
