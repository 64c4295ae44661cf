import assert from "node:assert/strict";
import test from "node:test";
import { goingOnFrom } from "../../../serguide/bundle/page/static/room.js";
import { says } from "./made.js";

const SPOKEN = says([10, 14, "Hear the room."], [30, 50, "A very long sentence."]);

test("going on begins with the sentence that one left", () => {
  assert.equal(goingOnFrom(SPOKEN, 13), 10);
  assert.equal(goingOnFrom(SPOKEN, 41), 30);
});

test("between sentences, before the first, or far into one it goes on where it is", () => {
  for (const at of [3, 14, 20, 42, 49, 60]) assert.equal(goingOnFrom(SPOKEN, at), at);
  assert.equal(goingOnFrom([], 7), 7);
});
