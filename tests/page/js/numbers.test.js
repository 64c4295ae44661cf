import assert from "node:assert/strict";
import test from "node:test";
import { clamp, eased, lastBefore } from "../../../serguide/bundle/page/static/numbers.js";

test("clamp keeps a value between two", () => {
  assert.deepEqual([clamp(-1, 0, 5), clamp(3, 0, 5), clamp(9, 0, 5)], [0, 3, 5]);
});

test("a raised cosine begins and ends without a slope", () => {
  assert.equal(eased(0), 0);
  assert.equal(eased(1), 1);
  assert.ok(Math.abs(eased(0.5) - 0.5) < 1e-12);
  assert.ok(eased(0.01) < 0.0003 && 1 - eased(0.99) < 0.0003);
});

test("the last entry that starts at or before a time is what a walk from the front finds", () => {
  for (let count = 0; count < 9; count += 1) {
    const entries = Array.from({ length: count }, (_, index) => ({ start: index * 2 }));
    for (let at = -1; at < 20; at += 0.5) {
      let wanted = -1;
      entries.forEach(({ start }, index) => {
        if (start <= at) wanted = index;
      });
      assert.equal(lastBefore(entries, at), wanted, `${count} entries at ${at}`);
    }
  }
});
