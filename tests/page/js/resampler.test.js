/** Sound brought to another rate: as loud, as long, without a seam, and nothing added. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Resampler } from "../../../serguide/studio/static/read/resampler.js";

/**
 * @param {number} pitch
 * @param {number} rate
 * @param {number} [seconds]
 */
function tone(pitch, rate, seconds = 1) {
  return Float32Array.from(
    { length: rate * seconds },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * pitch * index) / rate),
  );
}

/**
 * Return the greatest difference from a tone, away from its ends.
 *
 * @param {Float32Array} sound
 * @param {Float32Array} wanted
 */
function worst(sound, wanted) {
  const inner = sound.subarray(200, -200);
  return Math.max(...inner.map((each, index) => Math.abs(each - (wanted[index + 200] ?? 0))));
}

for (const from of [44_100, 96_000, 16_000]) {
  test(`a tone of ${from} a second is the same tone at 48000`, () => {
    const sound = new Resampler(from, 48_000).push(tone(1000, from));
    assert.ok(Math.abs(sound.length - 48_000) <= 110, String(sound.length));
    assert.ok(worst(sound, tone(1000, 48_000)) < 1e-4);
  });
}

test("blocks have no seam: they come to what the whole comes to", () => {
  const whole = tone(3000, 44_100);
  const once = new Resampler(44_100, 48_000).push(whole);
  const resampler = new Resampler(44_100, 48_000);
  const parts = [];
  for (let at = 0; at < whole.length; at += 2048) {
    parts.push(...resampler.push(whole.subarray(at, at + 2048)));
  }
  assert.deepEqual(Float32Array.from(parts), once);
});

test("what the lower rate cannot hold is gone, not folded back", () => {
  const sound = new Resampler(96_000, 48_000).push(tone(30_000, 96_000));
  assert.ok(Math.max(...sound.subarray(200, -200).map(Math.abs)) < 1e-4);
});
