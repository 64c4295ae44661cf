/** Findings: a dotted line under the sentence, and a card beside it. */

import { byId, fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { refill } from "../common/refill.js";
import { say } from "../common/words.js";
import { rangeAt } from "./caret.js";
import { TextBlock } from "./text_block.js";

/**
 * @typedef {object} WordFinding
 * @property {{ cue: number, start: number, end: number, sentence: string }} place
 * @property {string} code
 * @property {string} severity
 * @property {string} what
 * @property {string} why
 * @property {string} message
 * @property {string} better
 * @property {boolean} keepable
 */

/** @typedef {{ finding: WordFinding, block: import("./sheet.js").Block | null, edits: number }} Found */

const narrow = matchMedia("(max-width: 1179px)");

/** What the check says of the words on the sheet. */
export class Findings {
  /**
   * @param {import("./sheet.js").Sheet} sheet
   * @param {{ use: (found: Found) => void, keep: (found: Found) => void }} told
   */
  constructor(sheet, told) {
    this.sheet = sheet;
    this.told = told;
    /** @type {Found[]} */
    this.found = [];
    this.at = 0;
    this.card = make("div", { class: "note findings", id: "note", hidden: true });
    this.line = make("div", { class: "leader", "aria-hidden": "true", hidden: true });
    this.more = make("button", { type: "button", class: "quiet more", onclick: () => this.next() });
    this.told_of = make("p", { class: "sr", role: "status" });
    fill(byId("notes"), this.line, this.card, this.more, this.told_of);
    addEventListener("resize", () => this.place());
    addEventListener("scroll", () => this.place(), { passive: true });
    narrow.addEventListener("change", () => this.place());
    sheet.root.addEventListener("focusin", () => this.follow());
    sheet.root.addEventListener("input", () => this.place());
  }

  /**
   * Show what the check found.
   *
   * @param {WordFinding[]} findings
   */
  show(findings) {
    const before = this.current;
    const blocks = new Map(this.sheet.blocks.map((block) => [block.cue, block]));
    this.found = findings.map((finding) => {
      const block = blocks.get(finding.place.cue) ?? null;
      return { finding, block, edits: block?.edits ?? 0 };
    });
    const same = this.found.findIndex(
      (each) =>
        before?.block === each.block &&
        before?.finding.code === each.finding.code &&
        before?.finding.place.start === each.finding.place.start,
    );
    this.at = Math.max(0, same);
    const here = this.sheet.here;
    if (here && this.current?.block !== here) {
      const mine = this.found.findIndex((each) => each.block === here);
      if (mine >= 0) this.at = mine;
    }
    this.underline();
    this.draw();
    const count = say("things_to_look_at", { n: this.found.length });
    const words = this.found.length ? count : say("nothing_to_look_at");
    if (this.told_of.textContent !== words) this.told_of.textContent = words;
  }

  get current() {
    return this.found[this.at];
  }

  /** Draw the dots; where a browser has no highlights, its block is marked. */
  underline() {
    for (const block of this.sheet.blocks) {
      const mine = this.found.some((each) => each.block === block);
      block.element.classList.toggle("has-finding", mine);
      if (mine) block.element.setAttribute("aria-describedby", "note");
      else block.element.removeAttribute("aria-describedby");
    }
    const registry = /** @type {any} */ (CSS).highlights;
    // WebKit has highlights, and draws no line in them.
    if (!registry || /^Apple/.test(navigator.vendor)) {
      this.sheet.root.classList.add("no-highlights");
      return;
    }
    const Highlight = /** @type {any} */ (globalThis).Highlight;
    const ranges = this.found.map((each) => this.range(each)).filter(Boolean);
    registry.set("finding", new Highlight(...ranges));
  }

  /**
   * Return where a finding's sentence stands, if its text is as it was when it was checked.
   *
   * @param {Found | undefined} found
   */
  range(found) {
    const block = found?.block;
    if (!found || !(block instanceof TextBlock) || block.edits !== found.edits) return null;
    const { start, end } = found.finding.place;
    return end > start ? rangeAt(block.element, start, end) : null;
  }

  draw() {
    const found = this.current;
    if (!found && this.card.contains(document.activeElement)) this.sheet.last?.focus("end");
    this.card.hidden = !found;
    const rest = this.found.length - 1;
    this.more.hidden = rest < 1;
    fill(this.more, icon("down"), say("more_to_look_at", { n: Math.max(0, rest) }));
    if (found) {
      const { what, why, better, keepable, code } = found.finding;
      refill(
        this.card,
        make("p", { class: "small what" }, what),
        why ? make("p", { class: "small muted" }, why) : null,
        better
          ? make(
              "p",
              { class: "serif better", lang: this.sheet.language },
              say("quoted", { text: better }),
            )
          : null,
        make(
          "div",
          { class: "doing" },
          better
            ? make(
                "button",
                { type: "button", class: "sage", "data-focus": "use", onclick: () => this.use() },
                say("use_wording"),
              )
            : null,
          keepable
            ? make(
                "button",
                {
                  type: "button",
                  class: "quiet",
                  "data-focus": "keep",
                  onclick: () => this.told.keep(found),
                },
                say("keep_mine"),
              )
            : null,
          make("span", { class: "code muted" }, code),
        ),
      );
    }
    this.place();
  }

  /** Put the card beside its sentence; below its block where there is no room beside. */
  place() {
    const found = this.current;
    const block = found?.block?.element;
    const beside = Boolean(found) && !narrow.matches;
    this.line.hidden = true;
    if (!found) return;
    if (narrow.matches && block) {
      if (block.nextElementSibling !== this.card) block.after(this.card);
      if (this.more.parentElement !== this.card) this.card.append(this.more);
      this.card.style.top = "";
      return;
    }
    if (this.card.parentElement !== byId("notes")) byId("notes").prepend(this.card);
    if (this.more.parentElement !== byId("notes")) this.card.after(this.more);
    if (!beside) return;
    const aside = byId("notes").getBoundingClientRect();
    const lines = this.range(found)?.getClientRects();
    const first = lines?.[0] ?? block?.getBoundingClientRect();
    const y = first ? first.top + Math.min(first.height, 32) / 2 : 100;
    const top = Math.max(84, Math.min(y - 44, innerHeight - this.card.offsetHeight - 110));
    this.card.style.top = `${top - aside.top}px`;
    const sheet = this.sheet.root.getBoundingClientRect();
    const from = sheet.right - 58;
    const inside = y > top + 12 && y < top + this.card.offsetHeight - 12;
    if (!inside || !first) return;
    this.line.hidden = false;
    this.line.style.top = `${y - aside.top}px`;
    this.line.style.left = `${from - aside.left}px`;
    this.line.style.width = `${Math.max(0, this.card.getBoundingClientRect().left - from)}px`;
  }

  /** Show the finding of the block that is written in. */
  follow() {
    const here = this.sheet.here;
    const index = this.found.findIndex((each) => each.block === here);
    if (index >= 0 && this.current?.block !== here) {
      this.at = index;
      this.draw();
    }
  }

  /** Go on to the next finding, and to its words. */
  next() {
    if (!this.found.length) return;
    const here = this.current?.block;
    const inside = here && here.element.contains(document.activeElement);
    this.at = inside || this.moved ? (this.at + 1) % this.found.length : this.at;
    this.moved = true;
    this.draw();
    const block = this.current?.block;
    block?.element.scrollIntoView({ block: "center" });
    if (block instanceof TextBlock) block.focus(this.current?.finding.place.start ?? 0);
    else block?.focus();
    this.draw();
  }

  moved = false;

  /** Put the better wording in place of the sentence that is shown. */
  use() {
    const found = this.current;
    if (found?.finding.better && this.range(found)) this.told.use(found);
  }
}
