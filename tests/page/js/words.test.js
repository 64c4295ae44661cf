import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { clock, Words } from "../../../serguide/bundle/page/static/words.js";

const TABLE = {
  resume: "Go on from {time}",
  under_a_minute: "less than a minute left",
  left: { one: "zostáva {n} minúta", few: "zostávajú {n} minúty", other: "zostáva {n} minút" },
};

test("a phrase is filled in, and a missing one is named", () => {
  const words = new Words(TABLE, "sk");
  assert.equal(words.say("resume", { time: "0:30" }), "Go on from 0:30");
  assert.throws(() => words.say("resum"), /resum/);
  assert.throws(() => words.count("resume", 2), /resume/);
});

test("numbers are counted as the language counts", () => {
  const words = new Words(TABLE, "sk");
  const found = [1, 3, 5].map((n) => words.count("left", n));
  assert.deepEqual(found, ["zostáva 1 minúta", "zostávajú 3 minúty", "zostáva 5 minút"]);
});

test("minutes are rounded, and the last one is not counted down", () => {
  const words = new Words(TABLE, "sk");
  assert.equal(words.left(59.9), "less than a minute left");
  assert.equal(words.left(89), "zostáva 1 minúta");
  assert.equal(words.left(91), "zostávajú 2 minúty");
});

test("a time is written as on a clock", () => {
  const found = [-3, 0, 59.99, 402, 3600, 4002].map(clock);
  assert.deepEqual(found, ["0:00", "0:00", "0:59", "6:42", "1:00:00", "1:06:42"]);
});

test("every language of the page has a form for each category it counts in", () => {
  const folder = new URL("../../../serguide/bundle/words/", import.meta.url);
  for (const language of ["en", "de", "cs", "sk"]) {
    const table = JSON.parse(readFileSync(new URL(`${language}.json`, folder), "utf8"));
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, forms] of Object.entries(table)) {
      if (typeof forms !== "object") continue;
      for (const category of wanted.filter((each) => each !== "many")) {
        assert.ok(category in forms || "other" in forms, `${language} ${key} ${category}`);
      }
    }
  }
});
