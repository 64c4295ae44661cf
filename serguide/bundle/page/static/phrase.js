/** How a passphrase is spelled before it opens anything: docs/sealed.md tells the rule. */

/** White space as Python's str.split() has it, which wrote the page. */
const BLANKS =
  // eslint-disable-next-line no-control-regex
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** What is pasted along and cannot be seen: soft hyphens, joiners, marks of direction and order. */
const UNSEEN = /[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/**
 * Return a passphrase as it enters the key: NFC, lower case, single blanks between its words.
 *
 * @param {string} text
 */
export function normalised(text) {
  return text.normalize("NFC").toLowerCase().split(BLANKS).filter(Boolean).join(" ");
}

/**
 * Return what is worth trying of what was typed: as it is, and as its bare words of letters,
 * for a full stop that a keyboard put in, hyphens, commas, or numbers before each word.
 *
 * @param {string} text
 */
export function spellings(text) {
  const plain = normalised(text);
  const letters = text.normalize("NFKC").toLowerCase().replace(UNSEEN, "");
  const bare = (letters.match(/[a-z]+/g) ?? []).join(" ");
  return [...new Set([plain, bare])].filter(Boolean);
}
