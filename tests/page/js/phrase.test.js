import assert from "node:assert/strict";
import test from "node:test";
import { normalised, spellings } from "../../../serguide/bundle/page/static/phrase.js";

for (const typed of [
  "river lamp chair",
  "  River   LAMP\u00a0chair\n",
  "river\tlamp\r\nchair",
  "river\u2003lamp\u2028chair\x85",
]) {
  test(`${JSON.stringify(typed)} is three words`, () => {
    assert.equal(normalised(typed), "river lamp chair");
  });
}

test("accents that are written in two ways are one, and letters keep them", () => {
  assert.equal(normalised("Zu\u0308rich  ŽLUŤOUČKÝ"), "z\u00fcrich žluťoučký");
});

test("what keyboards and lists put in is left out of the second try", () => {
  assert.deepEqual(spellings("River. Lamp. chair."), ["river. lamp. chair.", "river lamp chair"]);
  assert.deepEqual(spellings("1. river\n2. lamp").at(-1), "river lamp");
  assert.deepEqual(spellings("ri\u00adver\u200b lamp").at(-1), "river lamp");
});

test("words that are typed as they are are tried once, and nothing is no try", () => {
  assert.deepEqual(spellings("river lamp"), ["river lamp"]);
  assert.deepEqual(spellings(" \u00a0\n"), []);
});
