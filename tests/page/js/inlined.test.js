import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import test from "node:test";
import { unpacked } from "../../../serguide/bundle/page/static/inlined.js";

const audio = (src) => ({ getAttribute: () => src });

test("a link stays as it is", () => {
  assert.equal(unpacked(audio("session.mp3")), "session.mp3");
});

test("bytes in the page become a Blob of the same bytes and kind", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const source = `data:audio/mpeg;base64,${Buffer.from(bytes).toString("base64")}`;
  const blob = resolveObjectURL(unpacked(audio(source)));
  assert.equal(blob.type, "audio/mpeg");
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes);
});
