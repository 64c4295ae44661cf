import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import { filesOf } from "../../../serguide/bundle/page/static/zipped.js";

/** Python's zipfile writes it: what serguide packs with. */
function zip(compression, ...files) {
  const script = [
    "import io, json, sys, zipfile",
    "out = io.BytesIO()",
    "with zipfile.ZipFile(out, 'w', getattr(zipfile, sys.argv[1])) as archive:",
    "    for name, text in json.loads(sys.argv[2]): archive.writestr(name, text)",
    "sys.stdout.buffer.write(out.getvalue())",
  ].join("\n");
  const bytes = execFileSync("python3", ["-c", script, compression, JSON.stringify(files)]);
  return Uint8Array.from(bytes).buffer;
}

test("stored files are found by their names", () => {
  const files = filesOf(
    zip("ZIP_STORED", ["index.html", "<p>ž</p>"], ["tracks/01-ž.mp3", "x"], ["empty", ""]),
  );
  assert.deepEqual([...files.keys()], ["index.html", "tracks/01-ž.mp3", "empty"]);
  assert.equal(new TextDecoder().decode(files.get("index.html")), "<p>ž</p>");
  assert.equal(files.get("empty").length, 0);
});

test("what is no such zip throws", () => {
  assert.throws(() => filesOf(zip("ZIP_DEFLATED", ["a", "x".repeat(1000)])), /not stored/);
  const good = zip("ZIP_STORED", ["a", "x"]);
  assert.throws(() => filesOf(good.slice(0, -1)), RangeError);
  assert.throws(() => filesOf(new ArrayBuffer(0)), RangeError);
  const spoiled = good.slice(0);
  new DataView(spoiled).setUint32(spoiled.byteLength - 6, 9999, true);
  assert.throws(() => filesOf(spoiled), RangeError);
});
