import assert from "node:assert/strict";
import test from "node:test";
import { captionAt, pieces } from "../../../serguide/bundle/page/static/captions.js";
import { says } from "./made.js";

const LONG =
  "If you like, let the next breath leave a little more slowly than it came, and let the one after it find its own way, as slowly or as quickly as it wants to go today.";

test("a short sentence is one piece", () => {
  assert.deepEqual(pieces("Look around.", 84), ["Look around."]);
});

test("pieces lose no word, are about equally long, and of no more than the fewest", () => {
  for (const longest of [20, 40, 84, 160]) {
    const found = pieces(LONG, longest);
    assert.equal(found.join(" "), LONG);
    assert.equal(found.length, Math.ceil(LONG.length / longest));
    const even = LONG.length / found.length;
    for (const piece of found) assert.ok(Math.abs(piece.length - even) < 14, piece);
  }
});

test("a word longer than a piece stays whole", () => {
  const word = "Donaudampfschifffahrtsgesellschaft";
  assert.ok(pieces(`Die ${word} fährt.`, 10).some((piece) => piece.includes(word)));
});

test("a sentence is there from its beginning until it has lingered", () => {
  const spoken = says([2, 4, "Look around."], [20, 22, "Listen."]);
  const shown = [1.9, 2, 4, 6.5, 6.6, 20].map((at) => captionAt(spoken, at)?.text ?? null);
  const first = "Look around.";
  assert.deepEqual(shown, [null, first, first, first, null, "Listen."]);
});

test("a breath ends its lingering", () => {
  const spoken = says([2, 4, "In."]);
  const breaths = [{ phase: "out", start: 5, end: 9, cycle: 0 }];
  assert.equal(captionAt(spoken, 4.9, { breaths })?.text, "In.");
  assert.equal(captionAt(spoken, 5, { breaths }), null);
  assert.equal(captionAt(spoken, 400, { linger: Number.POSITIVE_INFINITY })?.text, "In.");
});

test("the pieces of a long sentence follow one another, each to its end", () => {
  const spoken = says([0, 16, LONG]);
  const shown = [];
  for (let at = 0; at < 18; at += 0.1) {
    const { text } = captionAt(spoken, at);
    if (shown.at(-1) !== text) shown.push(text);
  }
  assert.deepEqual(shown, pieces(LONG, 84));
});
