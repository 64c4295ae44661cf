import assert from "node:assert/strict";
import test from "node:test";
import { Resume } from "../../../serguide/bundle/page/static/resume.js";
import { Record, TRACKS } from "./made.js";

const DATA = { duration: 260, tracks: TRACKS };

function made() {
  const [memory, shelf] = [new Record(), new Record()];
  return { memory, shelf, resume: new Resume(memory, shelf, DATA) };
}

test("a place is kept to a tenth of a second", () => {
  const { resume, shelf } = made();
  assert.equal(resume.saved(), null);
  resume.keep(72.46);
  assert.equal(resume.saved(), 72.5);
  assert.deepEqual(shelf.values, { step: "six", into: 12.5 });
});

test("a beginning and an end are not worth keeping", () => {
  const { resume } = made();
  resume.keep(30);
  for (const at of [0, 5, 259.5, 300, Number.NaN]) resume.keep(at);
  assert.equal(resume.saved(), 30);
});

test("a finished session begins anew, until another place is kept", () => {
  const { resume } = made();
  resume.keep(100);
  resume.finish();
  assert.equal(resume.saved(), null);
  resume.keep(40);
  assert.equal(resume.saved(), 40);
});

test("an updated bundle goes on at the same place of the same part", () => {
  const { resume, shelf } = made();
  resume.keep(72);
  const later = TRACKS.map((each) => ({ ...each, start: each.start + 10, end: each.end + 10 }));
  const updated = new Resume(new Record(), shelf, { duration: 270, tracks: later });
  assert.equal(updated.saved(), 82);
});

test("a part that became shorter is gone on with at its end, one that is gone not at all", () => {
  const shelf = new Record();
  shelf.set("step", "six");
  shelf.set("into", 130);
  const shorter = [TRACKS[0], { ...TRACKS[1], end: 80 }];
  assert.equal(new Resume(new Record(), shelf, { duration: 80, tracks: shorter }).saved(), 80);
  assert.equal(
    new Resume(new Record(), shelf, { duration: 60, tracks: [TRACKS[0]] }).saved(),
    null,
  );
});

test("a place beyond the end is brought back to it", () => {
  const { resume, memory } = made();
  memory.set("at", 9999);
  assert.equal(resume.saved(), 260);
});
