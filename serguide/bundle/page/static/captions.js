/** What is being said, sentence by sentence. */

import { lastBefore } from "./numbers.js";

/** Characters that fit on three lines of a narrow phone. */
const LONGEST = 84;

/** Seconds that a sentence stays after it was spoken, if no other begins. */
const LINGER = 2.5;

/**
 * How sentences are shown; breaths: those that end a sentence's lingering, because a word that
 * led one breath would contradict the next.
 *
 * @typedef {{ longest?: number, linger?: number, breaths?: readonly Breath[] }} CaptionOptions
 */

/**
 * Cut a long sentence into pieces of about equal length, between words.
 *
 * @param {string} text
 * @param {number} longest
 * @returns {string[]}
 */
export function pieces(text, longest) {
  const count = Math.ceil(text.length / longest);
  /** @type {string[]} */
  const found = [];
  let piece = "";
  for (const word of text.split(" ")) {
    const full = (text.length * (found.length + 1)) / count - found.join(" ").length;
    if (piece && found.length < count - 1 && piece.length + word.length / 2 > full) {
      found.push(piece);
      piece = word;
    } else {
      piece = piece ? `${piece} ${word}` : word;
    }
  }
  return [...found, piece];
}

/**
 * Return the sentence at a time, or null; `text` is the piece of it that is due.
 *
 * @param {readonly Say[]} says
 * @param {number} at
 * @param {CaptionOptions} [options]
 * @returns {Say | null}
 */
export function captionAt(says, at, { longest = LONGEST, linger = LINGER, breaths = [] } = {}) {
  const say = says[lastBefore(says, at)];
  if (!say || at > say.end + linger) return null;
  if (at >= (breaths[lastBefore(breaths, say.end) + 1]?.start ?? Infinity)) return null;
  const heard = (at - say.start) / (say.end - say.start);
  let characters = 0;
  let due = "";
  for (const piece of pieces(say.text, longest)) {
    due = piece;
    characters += piece.length + 1;
    if (heard < characters / (say.text.length + 1)) break;
  }
  return { ...say, text: due };
}

/** Draws into one element. */
export class Captions {
  /**
   * @param {readonly Say[]} says
   * @param {HTMLElement} element
   * @param {CaptionOptions} [options]
   */
  constructor(says, element, options) {
    this.says = says;
    this.element = element;
    this.options = options;
  }

  /** @param {number} at */
  draw(at) {
    const caption = captionAt(this.says, at, this.options);
    const text = caption?.text ?? "";
    if (this.element.textContent === text) return;
    this.element.textContent = text;
    if (!caption) return;
    this.element.lang = caption.language;
    this.element.dir = caption.direction;
  }
}
