/** Finding a session or a word: in titles, in what a thing is about, in all that is spoken. */

import { fill, make } from "../common/dom.js";
import { send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { language, say } from "../common/words.js";
import { tile } from "./tiles.js";

/** @typedef {import("./tiles.js").Card} Card */

/** Milliseconds of quiet in the field before it is looked for. */
const QUIET = 150;

export class Finding {
  /** @param {() => Card[]} cards */
  constructor(cards) {
    this.cards = cards;
    this.input = make("input", {
      type: "search",
      "aria-label": say("find"),
      placeholder: say("find"),
      autocomplete: "off",
      maxlength: "200",
    });
    this.field = make(
      "div",
      { class: "finder", role: "search" },
      make(
        "label",
        { class: "find" },
        icon("search"),
        this.input,
        make("kbd", { "aria-hidden": "true" }, "/"),
      ),
    );
    this.results = make("section", { class: "found", hidden: true, "aria-live": "polite" });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), QUIET);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.input.value = "";
      void this.look();
    });
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  async look() {
    const words = this.input.value.trim();
    const kept = document.querySelector(".kept");
    if (!words) {
      this.results.hidden = true;
      if (kept instanceof HTMLElement) kept.hidden = false;
      return;
    }
    const answer = await send("POST", "/api/shelf/search", { words }).catch(() => null);
    if (!answer || words !== this.input.value.trim()) return;
    const byName = new Map(this.cards().map((card) => [card.name, card]));
    const found = answer.found.filter((/** @type {any} */ each) => byName.has(each.name));
    // What is one's own, and in one's own language, first; within that as it was ranked.
    const own = (/** @type {any} */ each) => {
      const card = byName.get(each.name);
      return card?.mine || card?.language === language ? 0 : 1;
    };
    found.sort((/** @type {any} */ one, /** @type {any} */ other) => own(one) - own(other));
    fill(
      this.results,
      make("h2", {}, say("found", { n: found.length })),
      found.length
        ? make(
            "ul",
            { class: "tiles" },
            found.map((/** @type {any} */ each) => hit(byName, each)),
          )
        : make("p", { class: "muted" }, say("found_none", { words })),
    );
    this.results.hidden = false;
    if (kept instanceof HTMLElement) kept.hidden = true;
  }
}

/**
 * @param {Map<string, Card>} byName
 * @param {{ name: string, excerpt: string }} found
 */
function hit(byName, found) {
  const card = byName.get(found.name);
  if (!card) return null;
  return make(
    "li",
    {},
    tile(card),
    found.excerpt
      ? make("p", { class: "excerpt serif muted", lang: card.language ?? null }, found.excerpt)
      : null,
  );
}
