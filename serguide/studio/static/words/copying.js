/**
 * Copying and cutting: words as a script writes them, `{name}` and `[2s]`, for other programs; and
 * the blocks themselves, so that what is pasted on this screen is what was copied.
 */

import { TextBlock } from "./text_block.js";
import { piecesBetween } from "./stretch.js";
import { placeOf } from "./caret.js";

/** @typedef {import("./sheet.js").BlockData} BlockData */

export const BLOCKS = "application/x-serguide-blocks";

/** What a block may bring along, by its kind: the clipboard is anybody's. */
const FIELDS = /** @type {Record<string, string[]>} */ ({
  say: ["pieces"],
  pause: ["seconds"],
  rest: ["seconds"],
  breathe: ["inhale", "hold", "exhale", "rest", "fewest", "most"],
  sound: ["name"],
  chapter: ["title"],
});

/**
 * Take over copying and cutting on the sheet.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./stretch.js").Stretch} stretch
 */
export function copying(sheet, stretch) {
  const take = (/** @type {ClipboardEvent} */ event, /** @type {boolean} */ cut) => {
    const block = sheet.blockOf(event.target);
    const range = block instanceof TextBlock && !stretch.ends ? selected(block) : null;
    if (!stretch.ends && !range) return;
    const data =
      block instanceof TextBlock && range
        ? [{ kind: "say", pieces: piecesBetween(block, ...range) }]
        : stretch.data();
    event.preventDefault();
    event.clipboardData?.setData("text/plain", data.map(written).filter(Boolean).join("\n\n"));
    event.clipboardData?.setData(BLOCKS, JSON.stringify(data.filter(({ kind }) => FIELDS[kind])));
    if (!cut) return;
    if (block instanceof TextBlock && range) block.insert([], ...range);
    else stretch.remove();
  };
  sheet.root.addEventListener("copy", (event) => take(event, false));
  sheet.root.addEventListener("cut", (event) => take(event, true));
}

/**
 * Return the blocks that a clipboard holds, with nothing that blocks do not have; null for none.
 *
 * @param {DataTransfer | null} clipboard
 * @returns {BlockData[] | null}
 */
export function blocksIn(clipboard) {
  try {
    const found = JSON.parse(clipboard?.getData(BLOCKS) || "null");
    if (!Array.isArray(found)) return null;
    const known = found.filter((each) => FIELDS[each?.kind]).map(cleaned);
    return known.length ? known : null;
  } catch {
    return null;
  }
}

/**
 * @param {BlockData} data
 * @returns {BlockData}
 */
function cleaned(data) {
  /** @type {BlockData} */
  const block = { kind: data["kind"] };
  for (const field of FIELDS[data["kind"]] ?? []) {
    if (data[field] !== undefined) block[field] = data[field];
  }
  if (block["kind"] === "say") block["pieces"] = [...block["pieces"]].map(cleanedPiece);
  return block;
}

/** @param {any} piece */
function cleanedPiece({ words, value, pause }) {
  if (typeof value === "string") return { value };
  return typeof pause === "number" ? { pause } : { words: String(words ?? "") };
}

/**
 * Return a block as a script writes it.
 *
 * @param {BlockData} data
 * @returns {string}
 */
function written(data) {
  const { kind, pieces, seconds, title, name, inhale, exhale } = data;
  if (kind === "say") {
    return pieces
      .map((/** @type {any} */ piece) =>
        piece.value ? `{${piece.value}}` : piece.pause ? `[${piece.pause}s]` : piece.words,
      )
      .join("");
  }
  if (kind === "pause" || kind === "rest") return `[${seconds}s]`;
  if (kind === "breathe") return `(${inhale} – ${exhale})`;
  return title ?? name ?? "";
}

/**
 * Return what the browser has selected in a text, in characters; null for nothing.
 *
 * @param {TextBlock} block
 * @returns {[number, number] | null}
 */
function selected(block) {
  const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
  if (!range || range.collapsed || !block.element.contains(range.commonAncestorContainer)) {
    return null;
  }
  const { startContainer, startOffset, endContainer, endOffset } = range;
  return [
    placeOf(block.element, startContainer, startOffset),
    placeOf(block.element, endContainer, endOffset),
  ];
}
