/** The reel of the studio's teleprompter: the same stretches as the terminal's prompter takes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Meter, hums, paceOf } from "../../../serguide/studio/static/read/meter.js";
import { LEAD, RATE, Reel, TAIL, wav } from "../../../serguide/studio/static/read/reel.js";

/** Return a reel, the takes that it keeps, and a way to let so many seconds pass; samples count. */
function reading() {
  /** @type {import("../../../serguide/studio/static/read/reel.js").Take[]} */
  const takes = [];
  const reel = new Reel((take) => takes.push(take));
  let at = 0;
  const pass = (/** @type {number} */ seconds) => {
    for (const end = at + Math.round(seconds * RATE); at < end; at += 1000) {
      reel.hear(Float32Array.from({ length: 1000 }, (_, index) => (at + index) / 1e7));
    }
  };
  return { reel, takes, pass };
}

test("a take begins a second before its turn and ends a little after the key", () => {
  const { reel, takes, pass } = reading();
  pass(3);
  reel.begin();
  pass(2);
  reel.mark("a");
  assert.equal(takes.length, 0, "its tail is still to come");
  pass(0.5);
  const [take] = takes;
  assert.ok(take);
  assert.equal(take.id, "a");
  assert.ok(Math.abs(take.samples.length - (LEAD + 2 * RATE + TAIL)) <= 2000);
  assert.ok(Math.abs(take.turn - 1) < 0.03);
  assert.ok(Math.abs(take.key - 3) < 0.03);
  const steps = take.samples.map((sample, index) => sample - (take.samples[0] ?? 0) - index / 1e7);
  assert.ok(
    steps.every((step) => Math.abs(step) < 1e-5),
    "no sample is lost or twice there",
  );
});

test("what comes next has the sound before it, and old sound is let go", () => {
  const { reel, takes, pass } = reading();
  reel.begin();
  for (const id of ["a", "b", "c"]) {
    pass(2);
    reel.mark(id);
  }
  pass(1);
  assert.deepEqual(
    takes.map(({ id }) => id),
    ["a", "b", "c"],
  );
  reel.pause();
  pass(60);
  assert.ok(reel.blocks.length * 1000 <= 2 * LEAD);
});

test("ending keeps what is being read, and says so; a moment is nothing", () => {
  const { reel, takes, pass } = reading();
  reel.begin();
  pass(1.5);
  reel.finish("a");
  assert.equal(takes[0]?.last, true);
  reel.begin();
  pass(0.3);
  reel.finish("b");
  assert.equal(takes.length, 1);
});

test("a WAV of 32-bit floats", async () => {
  const bytes = new DataView(await wav([Float32Array.of(0.25, -1)]).arrayBuffer());
  assert.equal(bytes.byteLength, 52);
  assert.equal(bytes.getUint32(24, true), RATE);
  assert.equal(bytes.getFloat32(44, true), 0.25);
  assert.equal(bytes.getFloat32(48, true), -1);
});

test("level, room and pace in words", () => {
  const tone = (/** @type {number} */ loud) =>
    Float32Array.from(
      { length: RATE },
      (_, at) => loud * Math.sin((2 * Math.PI * 200 * at) / RATE),
    );
  const told = (/** @type {number} */ loud) => {
    const meter = new Meter();
    meter.add(new Float32Array(RATE));
    meter.add(tone(loud));
    return meter.report(true);
  };
  assert.equal(told(0.2).voice, "good");
  assert.equal(told(0.005).voice, "soft");
  assert.equal(told(0.99).voice, "loud");
  assert.equal(told(0.2).room, "quiet");
  const noisy = new Meter();
  noisy.add(tone(0.05));
  assert.equal(noisy.report(false).room, "noisy");
  assert.deepEqual([60, 104, 140].map(paceOf), ["slow", "calm", "quick"]);
});

test("a line at 50 Hz hums, a rushing room does not", () => {
  const width = RATE / 32_768;
  const room = new Float32Array(16_384).fill(-95);
  assert.equal(hums(room, width), false);
  room[Math.round(50 / width)] = -60;
  assert.equal(hums(room, width), true);
});
