/** A part within a part: it opens in place, and “Make it mine” makes a copy to change. */

import { fill, make } from "../common/dom.js";
import { cover, get, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice } from "../common/notice.js";
import { say } from "../common/words.js";
import { OtherBlock } from "./between_blocks.js";
import { shownTime, shownValue } from "./chip.js";

/** Another script's words, at this place. */
export class PieceBlock extends OtherBlock {
  /**
   * @param {Record<string, any>} data
   * @param {import("./sheet.js").Sheet} sheet
   */
  constructor(data, sheet) {
    super(data, sheet);
    this.inside = make("div", { class: "inside", hidden: true });
    this.show();
  }

  show() {
    const known = this.sheet.pieces[this.held.name];
    const title = known?.title ?? this.held.name;
    const whose = known?.own ? "yours" : "ready_made";
    this.opener = make(
      "button",
      { type: "button", class: "opener", "aria-expanded": "false", onclick: () => this.toggle() },
      cover(this.held.name, "cover small"),
      make("span", { class: "serif title" }, title),
      make(
        "span",
        { class: "small muted" },
        known && !known.readable
          ? say("piece_missing")
          : say("piece_about", {
              sentences: say("sentences", { n: known?.sentences ?? 0 }),
              whose: say(whose),
            }),
      ),
      icon("down"),
    );
    fill(this.element, this.opener, this.inside, this.remover(title));
  }

  async toggle() {
    const open = this.inside.hidden;
    if (open && !this.inside.firstChild) {
      const part = await get(`/api/parts/${encodeURIComponent(this.held.name)}`);
      fill(this.inside, ...(part.blocks ?? []).map(shownBlock), this.doing(part.own));
    }
    this.inside.hidden = !open;
    this.opener?.setAttribute("aria-expanded", String(open));
  }

  /** @param {boolean} own */
  doing(own) {
    if (own) {
      const address = `/words#${encodeURIComponent(this.held.name)}`;
      const words = make("a", { class: "button link", href: address }, say("change_words"));
      words.addEventListener("click", () => setTimeout(() => location.reload()));
      return words;
    }
    return make(
      "button",
      { type: "button", class: "sage", onclick: () => this.own() },
      say("make_it_mine"),
    );
  }

  async own() {
    const { name } = await send("POST", "/api/shelf/copies", { name: this.held.name });
    this.sheet.pieces[name] = await get(`/api/parts/${encodeURIComponent(name)}/piece`);
    this.keep({ name });
    fill(this.inside);
    this.inside.hidden = true;
    this.show();
    this.change({ name });
    notice(say("is_yours"));
    await this.toggle();
    this.opener?.focus();
  }
}

/**
 * Return a block of another part, to be read only.
 *
 * @param {Record<string, any>} block
 */
function shownBlock(block) {
  if (block.kind === "say") {
    return make(
      "p",
      { class: "serif" },
      block.pieces.map((/** @type {Record<string, any>} */ piece) =>
        piece.words !== undefined
          ? piece.words
          : make(
              "span",
              { class: piece.value ? "chip sage" : "chip" },
              piece.value ? shownValue(piece.value) : shownTime(piece.pause),
            ),
      ),
    );
  }
  if (block.kind === "rest" || block.kind === "pause") {
    return make(
      "p",
      { class: "between" },
      make("span", { class: "chip" }, shownTime(block.seconds)),
    );
  }
  return make(
    "p",
    { class: "small muted" },
    block.title ?? block.name ?? block.text ?? say("breath"),
  );
}
