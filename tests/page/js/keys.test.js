import assert from "node:assert/strict";
import test from "node:test";
import { keepsForItself, stroke } from "../../../serguide/bundle/page/static/keys.js";

/** An element that only the selectors with this name in them match. */
const element = (name) => ({
  matches: (selector) =>
    selector.split(", ").some((each) => each.replace(/:not\(.*\)/, "") === name),
});

test("every key does what people expect", () => {
  assert.deepEqual(stroke("Escape", false), ["room", 0]);
  assert.deepEqual(stroke(" ", false), ["toggle", 0]);
  assert.deepEqual(stroke("ArrowLeft", false), ["seek", -15]);
  assert.deepEqual(stroke("ArrowRight", true), ["seek", 15]);
  assert.deepEqual(stroke("ArrowUp", false), ["volume", 1]);
  assert.deepEqual(stroke("ArrowDown", false), ["volume", -1]);
  assert.deepEqual(stroke("ArrowUp", true), ["speed", 1]);
  assert.deepEqual(stroke("ArrowDown", true), ["speed", -1]);
  assert.deepEqual([stroke("m", false), stroke("M", true)], Array(2).fill(["mute", 0]));
});

test("other keys, and names that every object has, do nothing", () => {
  for (const key of ["a", "Tab", "Enter", "constructor", "toString"]) {
    assert.equal(stroke(key, false), null);
  }
});

test("whoever writes keeps all keys but Escape", () => {
  const note = element("textarea");
  assert.ok([" ", "m", "ArrowUp"].every((key) => keepsForItself(note, key)));
  assert.ok(!keepsForItself(note, "Escape"));
});

test("a button keeps the space bar, a scale its arrows", () => {
  assert.ok(keepsForItself(element("button"), " "));
  assert.ok(!keepsForItself(element("button"), "ArrowLeft"));
  assert.ok(keepsForItself(element("input[type=radio]"), "ArrowLeft"));
  assert.ok(!keepsForItself(element("body"), "ArrowLeft"));
  assert.ok(!keepsForItself(element("body"), " "));
});
