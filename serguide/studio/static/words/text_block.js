/** A text that is spoken: words to type in, with chips as atoms. */

import { make } from "../common/dom.js";
import { say } from "../common/words.js";
import { caretIn, isChip, lengthOf, placeOf, plain, rangeAt, setCaret, THIN } from "./caret.js";
import { timeChip, valueChip } from "./chip.js";

/** @typedef {{ words?: string, as_written?: boolean, value?: string, pause?: number }} Piece */

const TYPED = /\{(\p{L}[\p{L}\p{N}_]*)\}|\[(\d{1,3}(?:[.,]\d{1,2})?) ?s\]/u;

/** Words with chips, typed in. */
export class TextBlock {
  kind = "say";

  /**
   * @param {Record<string, any>} data
   * @param {import("./sheet.js").Sheet} sheet
   */
  constructor(data, sheet) {
    /** @type {number | null} */
    this.cue = data.cue ?? null;
    /** @type {number | null} */
    this.like = data.like ?? null;
    this.above = data.above ?? [];
    this.sheet = sheet;
    /** Its brackets are the script's own: one of them was faulty. */
    this.asWritten = Boolean(data.pieces?.some((/** @type {Piece} */ piece) => piece.as_written));
    /** Counts changes, so that a finding of older words is not drawn on newer ones. */
    this.edits = 0;
    this.element = make("div", {
      class: "block say",
      contenteditable: "true",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": say("spoken"),
      spellcheck: "true",
      lang: sheet.language,
    });
    /** Stands in the part until something is written; a hint here, and no words. */
    this.starter = "";
    this.put(data.pieces ?? []);
    this.element.addEventListener("input", () => this.typed());
    this.element.addEventListener("beforeinput", (event) => this.before(event));
  }

  /** @returns {Record<string, any>} */
  data() {
    const { kind, cue, like, above } = this;
    const unwritten = this.starter && this.sheet.unwritten;
    const pieces = unwritten ? [{ words: this.starter }] : this.pieces();
    return { kind, cue, like, above, pieces };
  }

  /**
   * Show a hint while nothing is written.
   *
   * @param {string} starter
   */
  hint(starter) {
    this.starter = starter;
    this.element.dataset.hint = starter;
    this.element.setAttribute("aria-placeholder", starter);
  }

  /** @returns {Piece[]} */
  pieces() {
    return piecesOf(this.element, this.asWritten);
  }

  get length() {
    return lengthOf(this.element);
  }

  get isEmpty() {
    return !this.pieces().some((piece) => piece.words?.trim() ?? true);
  }

  get caret() {
    return caretIn(this.element);
  }

  /** @param {"start" | "end" | number} [where] */
  focus(where = "end") {
    setCaret(this.element, where === "start" ? 0 : where === "end" ? this.length : where);
  }

  /**
   * Show pieces in place of what is there.
   *
   * @param {Piece[]} pieces
   */
  put(pieces) {
    this.element.replaceChildren(...this.nodes(pieces));
    this.tidy();
  }

  /**
   * Put pieces in place of a stretch of the text, and the caret behind them.
   *
   * @param {Piece[]} pieces
   * @param {number} start
   * @param {number} [end]
   */
  insert(pieces, start, end = start) {
    const range = rangeAt(this.element, start, end);
    range.deleteContents();
    const fragment = document.createDocumentFragment();
    fragment.append(...this.nodes(pieces));
    const long = lengthOf(fragment);
    range.insertNode(fragment);
    this.element.normalize();
    this.tidy();
    this.focus(start + long);
    this.typed();
  }

  /**
   * Take what stands behind a place out, and return it.
   *
   * @param {number} place
   * @returns {Piece[]}
   */
  cut(place) {
    const range = rangeAt(this.element, place, this.length);
    range.setEnd(this.element, this.element.childNodes.length);
    const tail = make("div");
    tail.append(range.extractContents());
    this.tidy();
    this.edits += 1;
    return piecesOf(tail, this.asWritten);
  }

  /** Put chips where brackets were typed, and tell the sheet. */
  typed() {
    this.edits += 1;
    if (!this.asWritten) this.chipTyped();
    this.tidy();
    this.sheet.changed(this);
  }

  chipTyped() {
    for (const node of this.element.childNodes) {
      const found = node instanceof Text ? TYPED.exec(node.data) : null;
      if (!found || !(node instanceof Text)) continue;
      const start = placeOf(this.element, node, found.index);
      const piece = found[1]
        ? { value: found[1] }
        : { pause: Number((found[2] ?? "1").replace(",", ".")) };
      this.insert([piece], start, start + plain(found[0]).length);
      return;
    }
  }

  /** @param {InputEvent} event */
  before(event) {
    const kind = event.inputType;
    if (kind === "insertParagraph" || kind === "insertLineBreak") {
      event.preventDefault();
      this.sheet.split(this);
    } else if (kind === "historyUndo" || kind === "historyRedo") {
      event.preventDefault();
      this.sheet.step(kind === "historyRedo");
    } else if (kind.startsWith("format")) {
      event.preventDefault();
    }
  }

  /**
   * @param {Piece[]} pieces
   * @returns {Node[]}
   */
  nodes(pieces) {
    const options = {
      changed: () => this.typed(),
      removed: (/** @type {HTMLElement} */ chip) => this.remove(chip),
      moved: (/** @type {HTMLElement} */ chip, /** @type {KeyboardEvent} */ event) =>
        this.leave(chip, event),
    };
    return pieces.map((piece) => {
      if (piece.pause !== undefined) return timeChip(piece.pause, say("pause"), options);
      if (piece.value !== undefined) return valueChip(piece.value, options);
      return document.createTextNode(piece.words ?? "");
    });
  }

  /**
   * Take a chip out, and put the caret where it stood.
   *
   * @param {HTMLElement} chip
   */
  remove(chip) {
    const place = placeOf(this.element, this.element, [...this.element.childNodes].indexOf(chip));
    chip.remove();
    this.element.normalize();
    this.tidy();
    this.focus(place);
    this.typed();
  }

  /**
   * @param {HTMLElement} chip
   * @param {KeyboardEvent} event
   */
  leave(chip, event) {
    const index = [...this.element.childNodes].indexOf(chip);
    const place = placeOf(this.element, this.element, index);
    if (event.key === "ArrowLeft") this.focus(place);
    else if (event.key === "ArrowRight") this.focus(place + 1);
    else return false;
    return true;
  }

  /** Keep a place for the caret on both sides of every chip. */
  tidy() {
    for (const chip of this.element.querySelectorAll(".chip")) {
      if (!(chip.previousSibling instanceof Text)) chip.before(THIN);
      if (!(chip.nextSibling instanceof Text)) chip.after(THIN);
    }
    this.element.classList.toggle("empty", this.length === 0);
  }

  /**
   * Return the chip at the caret, or null.
   *
   * @param {boolean} forward
   */
  chipBeside(forward) {
    const selection = getSelection();
    const node = selection?.focusNode;
    if (!selection?.isCollapsed || !(node instanceof Text)) return null;
    const rest = forward
      ? node.data.slice(selection.focusOffset)
      : node.data.slice(0, selection.focusOffset);
    const beside = forward ? node.nextSibling : node.previousSibling;
    return plain(rest) === "" && isChip(beside) ? beside : null;
  }
}

/**
 * @param {Node} root
 * @param {boolean} asWritten
 * @returns {Piece[]}
 */
export function piecesOf(root, asWritten) {
  /** @type {Piece[]} */
  const pieces = [];
  for (const node of root.childNodes) {
    if (isChip(node)) {
      if (node.dataset.value) pieces.push({ value: node.dataset.value });
      else pieces.push({ pause: Number(node.dataset.pause) });
      continue;
    }
    const words = plain(node.textContent ?? "").replace(/[\s\u00a0]+/g, " ");
    const last = pieces.at(-1);
    if (last?.words !== undefined) last.words += words;
    else if (words) pieces.push(asWritten ? { words, as_written: true } : { words });
  }
  return pieces;
}
