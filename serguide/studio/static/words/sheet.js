/** The sheet: blocks in order, and what happens where they meet. */

import { fill } from "../common/dom.js";
import { BreathBlock } from "./breath_block.js";
import { ChapterBlock, KeptBlock, SilenceBlock, SoundBlock } from "./between_blocks.js";
import { PieceBlock } from "./piece_block.js";
import { TextBlock } from "./text_block.js";

/** @typedef {TextBlock | import("./between_blocks.js").OtherBlock} Block */
/** @typedef {Record<string, any>} BlockData */

/** @type {Record<string, new (data: BlockData, sheet: Sheet) => Block>} */
const KINDS = {
  say: TextBlock,
  pause: SilenceBlock,
  rest: SilenceBlock,
  sound: SoundBlock,
  chapter: ChapterBlock,
  include: PieceBlock,
  breathe: BreathBlock,
  kept: KeptBlock,
};

/** All blocks of a part, on the screen. */
export class Sheet {
  /**
   * @param {HTMLElement} root
   * @param {{ changed: (block: Block | null) => void, step: (again: boolean) => void }} told
   */
  constructor(root, told) {
    this.root = root;
    this.told = told;
    /** @type {Block[]} */
    this.blocks = [];
    /** @type {Record<string, any>} */
    this.pieces = {};
    this.language = "en";
    /** @type {Block | null} */
    this.last = null;
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("mousedown", (event) => {
      if (event.target === root) this.pressed(event);
    });
    root.addEventListener("focusin", (event) => {
      this.last = this.blockOf(event.target) ?? this.last;
    });
  }

  /**
   * Show a part anew.
   *
   * @param {BlockData} part
   */
  show(part) {
    this.language = part.language ?? "en";
    this.pieces = part.pieces ?? {};
    this.blocks = part.blocks.map((/** @type {BlockData} */ data) => this.made(data));
    if (!this.blocks.length) this.blocks = [this.made({ kind: "say", pieces: [] })];
    this.last = null;
    fill(this.root, ...this.blocks.map((block) => block.element));
    const [first] = this.blocks;
    if (!part.starter || !(first instanceof TextBlock)) return;
    first.hint(part.starter);
    first.focus();
  }

  /** Tell whether there are no words yet. */
  get unwritten() {
    return this.blocks.every((block) => block instanceof TextBlock && block.isEmpty);
  }

  /**
   * Put the caret where the empty page was pressed: at the end of the text above that place.
   *
   * @param {MouseEvent} event
   */
  pressed(event) {
    const above = this.blocks.filter(
      (block) => block.element.getBoundingClientRect().top <= event.clientY,
    );
    const block = above.at(-1) ?? this.blocks[0];
    if (!block) return;
    event.preventDefault();
    if (block instanceof TextBlock) block.focus("end");
    else this.textBehind(block);
  }

  /**
   * @param {BlockData} data
   * @returns {Block}
   */
  made(data) {
    const Kind = KINDS[data["kind"]] ?? KeptBlock;
    return new Kind(data, this);
  }

  /** @returns {BlockData[]} */
  data() {
    return this.blocks.map((block) => block.data());
  }

  /** @param {EventTarget | null} target */
  blockOf(target) {
    if (!(target instanceof Node)) return null;
    return this.blocks.find((block) => block.element.contains(target)) ?? null;
  }

  /** The block that is written in, or was. */
  get here() {
    return this.blockOf(document.activeElement) ?? this.last;
  }

  /** @param {Block | null} block */
  changed(block) {
    this.told.changed(block);
  }

  /** @param {boolean} again */
  step(again) {
    this.told.step(again);
  }

  /**
   * Put blocks behind another, or at the end.
   *
   * @param {Block | null} behind
   * @param {...BlockData} data
   * @returns {Block[]}
   */
  add(behind, ...data) {
    return this.insertAt(behind ? this.blocks.indexOf(behind) + 1 : this.blocks.length, ...data);
  }

  /**
   * Put blocks at a place among them.
   *
   * @param {number} at
   * @param {...BlockData} data
   * @returns {Block[]}
   */
  insertAt(at, ...data) {
    const fresh = data.map((each) => this.made(each));
    this.blocks.splice(at, 0, ...fresh);
    const before = this.blocks[at - 1]?.element;
    const elements = fresh.map((block) => block.element);
    if (before) before.after(...elements);
    else this.root.prepend(...elements);
    return fresh;
  }

  /**
   * Part a text at its caret; what stands behind it goes on in a text of its own.
   *
   * @param {TextBlock} block
   * @returns {TextBlock}
   */
  split(block) {
    const place = block.caret < 0 ? block.length : block.caret;
    const tail = block.cut(place);
    const data = { kind: "say", pieces: tail, like: block.cue ?? block.like };
    const [fresh] = this.add(block, data);
    fresh?.focus("start");
    this.changed(block);
    return /** @type {TextBlock} */ (fresh);
  }

  /**
   * Put a block at the caret: between the two halves of a text, or behind what is there.
   *
   * @param {BlockData} data
   */
  put(data) {
    const here = this.here;
    if (here instanceof TextBlock && here.caret > 0 && here.caret < here.length) {
      const tail = this.split(here);
      const [fresh] = this.add(here, data);
      fresh?.focus();
      this.changed(tail);
      return;
    }
    const empty = here instanceof TextBlock && here.isEmpty;
    const [fresh] = this.add(here, data);
    if (fresh && !(this.blocks[this.blocks.indexOf(fresh) + 1] instanceof TextBlock)) {
      this.add(fresh, { kind: "say", pieces: [] });
    }
    if (empty) this.drop(here);
    fresh?.focus();
    this.changed(fresh ?? null);
  }

  /**
   * Put pasted blocks at the caret; words that are one text go on in the text that is there.
   *
   * @param {BlockData[]} data
   */
  paste(data) {
    const here = this.here;
    const [only] = data;
    if (here instanceof TextBlock && data.length === 1 && only?.kind === "say") {
      here.insert(only["pieces"], Math.max(0, here.caret));
      return;
    }
    if (here instanceof TextBlock && here.caret > 0 && here.caret < here.length) this.split(here);
    const fresh = this.add(here, ...data);
    if (here instanceof TextBlock && here.isEmpty) this.drop(here);
    fresh.at(-1)?.focus("end");
    this.changed(fresh.at(-1) ?? null);
  }

  /**
   * Take a block out; the caret goes to what stood before it.
   *
   * @param {Block} block
   */
  remove(block) {
    const at = this.blocks.indexOf(block);
    this.drop(block);
    if (!this.blocks.length) this.add(null, { kind: "say", pieces: [] });
    const before = this.blocks[at - 1] ?? this.blocks[0];
    if (before) before.focus(at > 0 ? "end" : "start");
    this.changed(null);
  }

  /** @param {Block} block */
  drop(block) {
    this.blocks = this.blocks.filter((each) => each !== block);
    block.element.remove();
    if (this.last === block) this.last = null;
  }

  /**
   * Go on in the text behind a block; there is one then.
   *
   * @param {Block} block
   */
  textBehind(block) {
    const next = this.blocks[this.blocks.indexOf(block) + 1];
    const text = next instanceof TextBlock ? next : this.add(block, { kind: "say", pieces: [] })[0];
    text?.focus("start");
  }

  /**
   * Leave a block by an arrow key; true where there was somewhere to go.
   *
   * @param {Block} block
   * @param {KeyboardEvent} event
   */
  leave(block, event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    return by ? this.go(block, by) : false;
  }

  /**
   * @param {Block} block
   * @param {number} by
   */
  go(block, by) {
    const next = this.blocks[this.blocks.indexOf(block) + by];
    next?.focus(by > 0 ? "start" : "end");
    return Boolean(next);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const block = this.blockOf(event.target);
    if (!(block instanceof TextBlock) || event.target !== block.element) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing)
      return;
    const collapsed = getSelection()?.isCollapsed ?? true;
    const handled =
      event.key === "Backspace"
        ? collapsed && this.backspace(block)
        : event.key === "Delete"
          ? collapsed && this.deleteOn(block)
          : event.key.startsWith("Arrow") && this.arrow(block, event.key);
    if (handled) event.preventDefault();
  }

  /** @param {TextBlock} block */
  backspace(block) {
    const chip = block.chipBeside(false);
    if (chip) {
      block.remove(chip);
      return true;
    }
    if (block.caret !== 0) return false;
    const before = this.blocks[this.blocks.indexOf(block) - 1];
    if (before instanceof TextBlock) this.join(before, block);
    else if (before && block.isEmpty && this.blocks.length > 1) this.remove(block);
    else before?.focus();
    return true;
  }

  /** @param {TextBlock} block */
  deleteOn(block) {
    const chip = block.chipBeside(true);
    if (chip) {
      block.remove(chip);
      return true;
    }
    if (block.caret !== block.length) return false;
    const next = this.blocks[this.blocks.indexOf(block) + 1];
    if (next instanceof TextBlock) this.join(block, next);
    else next?.focus();
    return true;
  }

  /**
   * Make one text of two.
   *
   * @param {TextBlock} first
   * @param {TextBlock} second
   */
  join(first, second) {
    const place = first.length;
    const pieces = second.pieces();
    const gap = place && pieces.length ? [{ words: " " }] : [];
    this.drop(second);
    first.insert([...gap, ...pieces], place);
    first.focus(place + (gap.length && !/\s$/.test(first.element.textContent ?? "") ? 1 : 0));
    this.changed(first);
  }

  /**
   * @param {TextBlock} block
   * @param {string} key
   */
  arrow(block, key) {
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const chip = block.chipBeside(key === "ArrowRight");
      if (chip) {
        chip.focus();
        return true;
      }
      if (key === "ArrowLeft") return block.caret === 0 && this.go(block, -1);
      return block.caret === block.length && this.go(block, 1);
    }
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
    const at = range?.getClientRects()[0] ?? null;
    const box = block.element.getBoundingClientRect();
    if (key === "ArrowUp") {
      return (at ? at.top - box.top < 20 : block.caret === 0) && this.go(block, -1);
    }
    return (at ? box.bottom - at.bottom < 20 : block.caret === block.length) && this.go(block, 1);
  }

  /**
   * Take on which cue of the file each block has become.
   *
   * @param {Block[]} saved - the blocks as they were sent
   * @param {(number | null)[]} cues
   */
  number(saved, cues) {
    for (const block of this.blocks) block.cue = null;
    saved.forEach((block, index) => {
      block.cue = cues[index] ?? null;
    });
  }
}
