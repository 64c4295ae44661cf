/** What is being said, sentence by sentence. */

import { lastBefore } from "./data.js";

const LONGEST = 84;
/** Characters that fit on three lines of a narrow phone. */

const LINGER = 2.5;
/** Seconds that a sentence stays after it was spoken, if no other begins. */

/** Cut a long sentence into pieces of about equal length, between words. */
export function pieces(text, longest) {
  const words = text.split(" ");
  const count = Math.ceil(text.length / longest);
  const found = [];
  let piece = "";
  for (const word of words) {
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
 * breaths: those that end a sentence's lingering, because a word that led one breath would
 * contradict the next.
 */
export function captionAt(says, at, { longest = LONGEST, linger = LINGER, breaths = [] } = {}) {
  const say = says[lastBefore(says, at)];
  if (!say || at > say.end + linger) return null;
  if (at >= (breaths[lastBefore(breaths, say.end) + 1]?.start ?? Infinity)) return null;
  const parts = pieces(say.text, longest);
  const heard = (at - say.start) / (say.end - say.start);
  let characters = 0;
  for (const part of parts) {
    characters += part.length + 1;
    if (heard < characters / (say.text.length + 1)) return { ...say, text: part };
  }
  return { ...say, text: parts.at(-1) };
}

/** Draws into one element. */
export class Captions {
  /** options: of captionAt. */
  constructor(says, element, options) {
    this.says = says;
    this.element = element;
    this.options = options;
  }

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
