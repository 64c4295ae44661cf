import assert from "node:assert/strict";
import test from "node:test";
import { noteText } from "../../../serguide/bundle/page/static/note.js";

test("title, day, numbers, then what was written", () => {
  const text = noteText(
    "The first evening",
    "21 November",
    ["Before: 4 · noticeable"],
    "  Warm.\n",
  );
  assert.equal(text, "The first evening\n21 November\n\nBefore: 4 · noticeable\n\nWarm.\n");
});

test("without numbers and words only title and day are left", () => {
  assert.equal(noteText("The first evening", "today", [], "   "), "The first evening\ntoday\n\n");
});
