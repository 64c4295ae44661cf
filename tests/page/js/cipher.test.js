import assert from "node:assert/strict";
import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import test from "node:test";
import {
  isEnvelope,
  keyOf,
  opened,
  payloadOf,
} from "../../../serguide/bundle/page/static/cipher.js";

/** An envelope by Node's own cipher, not by the browser's. */
function sealed(content, phrase) {
  const [key, salt, wrapIv, iv] = [32, 16, 12, 12].map((size) => randomBytes(size));
  const text = (bytes) => bytes.toString("base64");
  const head = { format: 1, kdf: "PBKDF2-HMAC-SHA256", rounds: 1000, salt: text(salt) };
  Object.assign(head, { wrap_iv: text(wrapIv), iv: text(iv) });
  const names = ["format", "iv", "kdf", "rounds", "salt", "wrap_iv"];
  const added = Buffer.from(JSON.stringify(Object.fromEntries(names.map((n) => [n, head[n]]))));
  const encrypted = (bytes, by, at) => {
    const cipher = createCipheriv("aes-256-gcm", by, at).setAAD(added);
    return text(Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]));
  };
  const wrapping = pbkdf2Sync(phrase, salt, 1000, 32, "sha256");
  return {
    ...head,
    wrapped_key: encrypted(key, wrapping, wrapIv),
    payload: encrypted(content, key, iv),
  };
}

const CONTENT = randomBytes(3_000_001);

for (const without of [false, true]) {
  test(`it opens ${without ? "without" : "with"} the browser's own base64`, async () => {
    const own = Uint8Array.prototype.setFromBase64;
    if (without) delete Uint8Array.prototype.setFromBase64;
    try {
      const envelope = sealed(CONTENT, "river lamp");
      const key = await keyOf(envelope, "river lamp");
      assert.equal(key.extractable, false);
      const parts = [];
      const payload = await payloadOf(envelope, (part) => parts.push(part));
      const bytes = await opened(envelope, key, payload);
      assert.deepEqual(Buffer.from(bytes), CONTENT);
      assert.equal(envelope.payload, "", "nothing holds the text any more");
      assert.ok(parts.length >= 4);
      assert.deepEqual(parts, [...parts].sort());
    } finally {
      if (own) Uint8Array.prototype.setFromBase64 = own;
    }
  });
}

test("another passphrase gives no key", async () => {
  assert.equal(await keyOf(sealed(CONTENT, "river lamp"), "river lamps"), null);
});

for (const change of [{ rounds: 1001 }, { format: 1.5 }, { more: "x" }]) {
  test(`a changed head opens nothing: ${JSON.stringify(change)}`, async () => {
    const envelope = { ...sealed(CONTENT, "river lamp"), ...change };
    assert.equal(await keyOf(envelope, "river lamp"), null);
  });
}

test("a changed or shortened payload rejects", async () => {
  for (const spoil of [
    (text) => text.slice(0, -4),
    (text) => text.slice(0, -3),
    (text) => `A${text.slice(1)}`,
  ]) {
    const envelope = sealed(Buffer.from("\xff".repeat(50), "latin1"), "river lamp");
    const key = await keyOf(envelope, "river lamp");
    envelope.payload = spoil(envelope.payload.replace(/^A/, "B"));
    await assert.rejects(async () => opened(envelope, key, await payloadOf(envelope, () => {})));
  }
});

test("only a sound envelope is one", () => {
  const good = sealed(CONTENT.subarray(0, 10), "river lamp");
  assert.ok(isEnvelope(good));
  for (const bad of [
    null,
    [],
    "x",
    { ...good, format: 2 },
    { ...good, kdf: "none" },
    { ...good, rounds: 1e9 },
    { ...good, rounds: 0 },
    { ...good, rounds: "5" },
    { ...good, payload: 5 },
    { ...good, salt: undefined },
  ]) {
    assert.ok(!isEnvelope(bad), JSON.stringify(bad));
  }
});
