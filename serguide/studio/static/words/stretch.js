/**
 * A selection that goes over several blocks: drawn by the pointer, or by Shift with arrows.
 *
 * Each text is a field of its own, and browsers end a selection at the edge of a field. So what
 * goes on beyond it is held here: painted, copied, cut, taken out and typed over as one.
 */

import { placeOf, rangeAt } from "./caret.js";
import { TextBlock, piecesOf } from "./text_block.js";

/** @typedef {import("./sheet.js").Block} Block */
/** @typedef {import("./sheet.js").BlockData} BlockData */

/**
 * A place in a block: characters into a text; 0 before and 1 behind any other.
 *
 * @typedef {{ block: Block, place: number }} End
 */

/** What is selected of the sheet, where that is more than a stretch of one text. */
export class Stretch {
  /** @param {import("./sheet.js").Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {{ anchor: End, focus: End } | null} */
    this.ends = null;
    /** The text in which the pointer went down. @type {TextBlock | null} */
    this.from = null;
    const { root } = sheet;
    root.addEventListener("mousedown", (event) => this.down(event));
    document.addEventListener("mousemove", (event) => this.drawn(event));
    document.addEventListener("mouseup", () => (this.from = null));
    root.addEventListener("keydown", (event) => this.key(event), { capture: true });
    root.addEventListener("beforeinput", (event) => this.input(event), { capture: true });
    root.addEventListener("compositionstart", () => this.ends && this.remove(), { capture: true });
    root.addEventListener("focusin", (event) => {
      const { anchor } = this.ends ?? {};
      if (anchor && !anchor.block.element.contains(/** @type {Node} */ (event.target))) {
        this.clear();
      }
    });
    document.addEventListener("mousedown", (event) => {
      if (!root.contains(/** @type {Node} */ (event.target))) this.clear();
    });
  }

  /** The first end and the last, in the sheet's order; null where nothing is selected. */
  get order() {
    const { anchor, focus } = this.ends ?? {};
    if (!anchor || !focus) return null;
    const [one, two] = [anchor, focus].map(({ block }) => this.sheet.blocks.indexOf(block));
    if (one === undefined || two === undefined || one < 0 || two < 0) return null;
    const forward = one < two || (one === two && anchor.place <= focus.place);
    return forward ? { first: anchor, last: focus } : { first: focus, last: anchor };
  }

  /** The blocks from the first end to the last. */
  get blocks() {
    const found = this.order;
    if (!found) return [];
    const { blocks } = this.sheet;
    return blocks.slice(blocks.indexOf(found.first.block), blocks.indexOf(found.last.block) + 1);
  }

  /**
   * Select from one place to another.
   *
   * @param {End} anchor
   * @param {End} focus
   */
  set(anchor, focus) {
    this.ends = { anchor, focus };
    this.paint();
  }

  clear() {
    if (!this.ends) return;
    this.ends = null;
    this.paint();
  }

  /** @param {MouseEvent} event */
  down(event) {
    const block = this.sheet.blockOf(event.target);
    const { here } = this.sheet;
    if (event.button !== 0) return;
    if (event.shiftKey && block && here instanceof TextBlock && here.caret >= 0) {
      const anchor = this.ends?.anchor ?? this.native(here);
      if (anchor && block !== anchor.block) {
        event.preventDefault();
        this.set(anchor, this.pointed(event, block));
        return;
      }
    }
    this.clear();
    this.from = block instanceof TextBlock ? block : null;
  }

  /** @param {MouseEvent} event */
  drawn(event) {
    if (!this.from) return;
    if (!(event.buttons & 1)) {
      this.from = null;
      return;
    }
    const block = this.nearest(event);
    const anchor = this.ends?.anchor ?? this.native(this.from);
    if (!block || !anchor) return;
    if (block === this.from) this.clear();
    else this.set(anchor, this.pointed(event, block));
  }

  /**
   * Return where the browser's own selection in a text began.
   *
   * @param {TextBlock} block
   * @returns {End | null}
   */
  native(block) {
    const selection = getSelection();
    const node = selection?.anchorNode;
    if (!selection || !node || !block.element.contains(node)) return null;
    return { block, place: placeOf(block.element, node, selection.anchorOffset) };
  }

  /** @param {MouseEvent} event */
  nearest(event) {
    const { blocks } = this.sheet;
    const under = this.sheet.blockOf(document.elementFromPoint(event.clientX, event.clientY));
    if (under) return under;
    const above = blocks.filter(
      (block) => block.element.getBoundingClientRect().top <= event.clientY,
    );
    return above.at(-1) ?? blocks[0] ?? null;
  }

  /**
   * @param {MouseEvent} event
   * @param {Block} block
   * @returns {End}
   */
  pointed(event, block) {
    const box = block.element.getBoundingClientRect();
    const upper = event.clientY < box.top + box.height / 2;
    if (!(block instanceof TextBlock)) return { block, place: upper ? 0 : 1 };
    const [node, offset] = nodeAt(event.clientX, event.clientY);
    if (node && block.element.contains(node)) {
      return { block, place: placeOf(block.element, node, offset) };
    }
    return { block, place: upper ? 0 : block.length };
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    const block = this.sheet.blockOf(event.target);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && event.shiftKey && event.key.startsWith("Arrow")) {
      if (this.ends || block instanceof TextBlock) this.extend(event, block);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "a") {
      if (block instanceof TextBlock && (this.ends || isWhole(block))) this.all(event);
      return;
    }
    if (!this.ends) return;
    if (event.key === "Escape") this.clear();
    else if (event.key === "Backspace" || event.key === "Delete") this.remove();
    else if (plain && event.key.startsWith("Arrow")) this.collapse(/Left|Up/.test(event.key));
    else if (plain && event.key === "Enter") {
      const left = this.remove();
      if (left) this.sheet.split(left);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * Go on by an arrow; the browser goes as far as the text, from there on it goes on here.
   *
   * @param {KeyboardEvent} event
   * @param {Block | null} block
   */
  extend(event, block) {
    const forward = /Right|Down/.test(event.key);
    const lines = /Up|Down/.test(event.key);
    const anchor = this.ends?.anchor ?? (block instanceof TextBlock ? this.native(block) : null);
    const focus =
      this.ends?.focus ?? (block instanceof TextBlock ? { block, place: block.caret } : null);
    if (!anchor || !focus) return;
    if (!this.ends && focus.place !== (forward ? lengthOfBlock(focus.block) : 0)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.beyond(focus, forward, lines);
    if (next.block === anchor.block && anchor.block instanceof TextBlock) {
      this.clear();
      const range = rangeAt(anchor.block.element, next.place, next.place);
      getSelection()?.extend(range.startContainer, range.startOffset);
    } else this.set(anchor, next);
  }

  /**
   * Return the place that comes next: a character on, or a block.
   *
   * @param {End} end
   * @param {boolean} forward
   * @param {boolean} lines
   * @returns {End}
   */
  beyond({ block, place }, forward, lines) {
    const edge = forward ? lengthOfBlock(block) : 0;
    if (place !== edge) return { block, place: lines ? edge : place + (forward ? 1 : -1) };
    const next = this.sheet.blocks[this.sheet.blocks.indexOf(block) + (forward ? 1 : -1)];
    if (!next) return { block, place };
    // Of what is no text, all is selected at once.
    const whole = lines || !(next instanceof TextBlock);
    return { block: next, place: forward === whole ? lengthOfBlock(next) : 0 };
  }

  /** @param {KeyboardEvent} event */
  all(event) {
    const [first, last] = [this.sheet.blocks[0], this.sheet.blocks.at(-1)];
    if (!first || !last || first === last) return;
    event.preventDefault();
    event.stopPropagation();
    this.set({ block: first, place: 0 }, { block: last, place: lengthOfBlock(last) });
  }

  /** @param {boolean} toFirst */
  collapse(toFirst) {
    const found = this.order;
    const end = toFirst ? found?.first : found?.last;
    this.clear();
    end?.block.focus(end.block instanceof TextBlock ? end.place : toFirst ? "start" : "end");
  }

  /** @param {InputEvent} event */
  input(event) {
    if (!this.ends || event.inputType === "insertCompositionText") return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.inputType.startsWith("insert")) return;
    const block = this.remove();
    const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    if (block && text) block.insert([{ words: text }], Math.max(0, block.caret));
  }

  /**
   * Return what is selected as blocks that stand for themselves.
   *
   * @returns {BlockData[]}
   */
  data() {
    const found = this.order;
    if (!found) return [];
    const { first, last } = found;
    return this.blocks.flatMap((block) => {
      /** @type {BlockData[]} */
      const none = [];
      const start = block === first.block ? first.place : 0;
      const end = block === last.block ? last.place : lengthOfBlock(block);
      if (block instanceof TextBlock) {
        return start < end ? [{ kind: "say", pieces: piecesBetween(block, start, end) }] : none;
      }
      return start === 0 && end === 1 ? [{ ...block.data(), cue: null }] : none;
    });
  }

  /**
   * Take out what is selected,; return the text with the caret, in which one goes on.
   *
   * @returns {TextBlock | null}
   */
  remove() {
    const found = this.order;
    const covered = this.blocks;
    this.clear();
    if (!found) return null;
    const { first, last } = found;
    const at = this.sheet.blocks.indexOf(first.block) + (first.place === 1 ? 1 : 0);
    const tail = last.block instanceof TextBlock ? last.block.cut(last.place) : [];
    const head = first.block instanceof TextBlock ? first.block : null;
    head?.cut(first.place);
    const text = head ?? (last.block instanceof TextBlock ? last.block : null);
    for (const block of covered) {
      const beside =
        (block === first.block && first.place === 1) || (block === last.block && last.place === 0);
      const stays = block instanceof TextBlock ? block === text : beside;
      if (!stays) this.sheet.drop(block);
    }
    const [fresh] = text ? [text] : this.sheet.insertAt(at, { kind: "say", pieces: [] });
    const block = /** @type {TextBlock} */ (fresh);
    const place = head ? head.length : 0;
    block.put([...(head?.pieces() ?? []), ...tail]);
    block.focus(place);
    block.typed();
    return block;
  }

  /** Show it; where a browser has no highlights, whole blocks are tinted. */
  paint() {
    const found = this.order;
    const covered = new Set(this.blocks);
    const registry = /** @type {any} */ (CSS).highlights;
    /** @type {Range[]} */
    const ranges = [];
    for (const block of this.sheet.blocks) {
      const inside = covered.has(block);
      const text = block instanceof TextBlock && Boolean(registry);
      block.element.classList.toggle("selected", inside && !text);
      if (!found || !inside || !(block instanceof TextBlock)) continue;
      const start = block === found.first.block ? found.first.place : 0;
      const end = block === found.last.block ? found.last.place : block.length;
      if (start < end) ranges.push(rangeAt(block.element, start, end));
    }
    const Highlight = /** @type {any} */ (globalThis).Highlight;
    if (registry && ranges.length) registry.set("stretch", new Highlight(...ranges));
    else registry?.delete("stretch");
    this.sheet.root.classList.toggle("stretched", Boolean(found));
  }
}

/** @param {Block} block */
function lengthOfBlock(block) {
  return block instanceof TextBlock ? block.length : 1;
}

/**
 * Return the pieces of a stretch of a text.
 *
 * @param {TextBlock} block
 * @param {number} start
 * @param {number} end
 */
export function piecesBetween(block, start, end) {
  const holder = document.createElement("div");
  holder.append(rangeAt(block.element, start, end).cloneContents());
  return piecesOf(holder, block.asWritten);
}

/**
 * Tell whether the browser's own selection is the whole of a text.
 *
 * @param {TextBlock} block
 */
function isWhole(block) {
  const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
  if (!range || !block.length) return true;
  const start = placeOf(block.element, range.startContainer, range.startOffset);
  return start === 0 && placeOf(block.element, range.endContainer, range.endOffset) >= block.length;
}

/**
 * Return the place of the document under a point; browsers have one way or the other.
 *
 * @param {number} x
 * @param {number} y
 * @returns {[Node | null, number]}
 */
function nodeAt(x, y) {
  const finding = /** @type {any} */ (document);
  const place = finding.caretPositionFromPoint?.(x, y);
  if (place) return [place.offsetNode, place.offset];
  const range = finding.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [null, 0];
}
