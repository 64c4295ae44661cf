/** The envelope in a sealed page: its key from a passphrase, its bytes from its key. */

/** A page that asks for more rounds would keep a phone busy for minutes. */
const MOST_ROUNDS = 10_000_000;

/** Characters of base64 that are decoded at once; a multiple of four. */
const STRETCH = 1 << 20;

/** What both encryptions authenticate leaves these out. */
const CIPHERTEXTS = ["wrapped_key", "payload"];

/** @param {any} it */
export const isEnvelope = (it) =>
  it?.format === 1 &&
  it.kdf === "PBKDF2-HMAC-SHA256" &&
  Number.isInteger(it.rounds) &&
  it.rounds > 0 &&
  it.rounds <= MOST_ROUNDS &&
  ["salt", "wrapped_key", "wrap_iv", "iv", "payload"].every((key) => typeof it[key] === "string");

/**
 * Return the key that a passphrase unwraps, which no script can read; null for a wrong one.
 *
 * @param {Envelope} envelope
 * @param {string} phrase - as phrase.js spells it
 * @returns {Promise<CryptoKey | null>}
 */
export async function keyOf(envelope, phrase) {
  const { subtle } = crypto;
  const typed = new TextEncoder().encode(phrase);
  const secret = await subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  typed.fill(0);
  const wrapping = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: decoded(envelope.salt), iterations: envelope.rounds },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["unwrapKey"],
  );
  try {
    return await subtle.unwrapKey(
      "raw",
      decoded(envelope.wrapped_key),
      wrapping,
      sealing(envelope, envelope.wrap_iv),
      "AES-GCM",
      false,
      ["decrypt"],
    );
  } catch {
    return null;
  }
}

/**
 * Return the bytes of the payload, still encrypted, and drop its text. It rejects for what is no
 * base64.
 *
 * @param {Envelope} envelope
 * @param {(part: number) => void} report - called with the part that is done, 0 to 1
 */
export async function payloadOf(envelope, report) {
  const text = envelope.payload;
  envelope.payload = "";
  return decodedWhole(text, report);
}

/**
 * Return what is sealed. It rejects for bytes that were changed.
 *
 * @param {Envelope} envelope
 * @param {CryptoKey} key
 * @param {Uint8Array<ArrayBuffer>} payload
 * @returns {Promise<ArrayBuffer>}
 */
export const opened = (envelope, key, payload) =>
  crypto.subtle.decrypt(sealing(envelope, envelope.iv), key, payload);

/**
 * @param {Envelope} envelope
 * @param {string} iv
 */
function sealing(envelope, iv) {
  const head = Object.entries(envelope).filter(([name]) => !CIPHERTEXTS.includes(name));
  const sorted = Object.fromEntries(head.sort(([a], [b]) => (a < b ? -1 : 1)));
  const additionalData = new TextEncoder().encode(JSON.stringify(sorted));
  return { name: "AES-GCM", iv: decoded(iv), additionalData };
}

/** @param {string} base64 */
function decoded(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/**
 * Decode megabytes, a stretch at a time, so that the page can show how far it is.
 *
 * @param {string} base64
 * @param {(part: number) => void} report
 */
async function decodedWhole(base64, report) {
  const padding = base64.endsWith("==") ? 2 : Number(base64.endsWith("="));
  if (base64.length % 4) throw new RangeError("cut short");
  const bytes = new Uint8Array((base64.length / 4) * 3 - padding);
  for (let at = 0; at < base64.length; at += STRETCH) {
    const stretch = base64.slice(at, at + STRETCH);
    // Browsers that are younger than 2025 bring a decoder of their own.
    /** @type {any} */
    const place = bytes.subarray((at / 4) * 3);
    if (place.setFromBase64) place.setFromBase64(stretch);
    else place.set(decoded(stretch));
    report((at + stretch.length) / base64.length);
    await new Promise((go) => setTimeout(go));
  }
  return bytes;
}
