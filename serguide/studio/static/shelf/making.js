/** Make a session for someone: pick one, say for whom, how long, done. */

import { make } from "../common/dom.js";
import { cover, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { length, say } from "../common/words.js";
import { ask } from "./dialogs.js";
import { Picking } from "./picking.js";
import { rank } from "./ready.js";
import { Making } from "./session_making.js";
import { isSession, known } from "./tiles.js";

/** @typedef {import("./tiles.js").Card} Card */

/**
 * @param {Card[]} cards - all that is on the shelf
 * @param {string} language - of the interface
 */
export function makeSession(cards, language) {
  const sessions = cards.filter(isSession);
  const here = sessions.filter((card) => card.mine || card.language === language);
  const offered = [...(here.length ? here : sessions)].sort(
    (one, other) => Number(other.mine) - Number(one.mine) || rank(one) - rank(other),
  );
  ask(
    say("make"),
    (close) => {
      const state = new Making();
      const rest = make("div", { class: "rest", hidden: true });
      const form = make("form", { class: "making", method: "dialog" });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void state.done(close);
      });
      const picking = new Picking(
        offered.map((card) => [card.name, choice(card, () => state.pick(card, rest))]),
        make("div", { class: "covers" }),
      );
      form.append(
        make(
          "fieldset",
          { class: "picking" },
          make("legend", {}, say("made_which")),
          picking.field,
          picking.list,
          picking.none,
        ),
        rest,
        make(
          "div",
          { class: "actions", "data-actions": true },
          make("button", { type: "submit", class: "ember", disabled: true }, say("made")),
        ),
      );
      return [form];
    },
    { kind: "wide" },
  );
}

/**
 * @param {Card} card
 * @param {() => void} pick
 */
function choice(card, pick) {
  const long = known.get(card.name)?.seconds;
  return make(
    "label",
    { class: "choice" },
    make("input", { type: "radio", name: "from", value: card.name, onchange: pick, class: "sr" }),
    make("span", { class: "art edges" }, cover(card.name)),
    make("span", { class: "name serif" }, card.title),
    make("span", { class: "told" }, long ? length(long) : ""),
  );
}

/** Begin a part: its title, then its words. */
export function writePart() {
  ask(say("write_part"), (close) => {
    const title = make("input", {
      type: "text",
      id: "part-title",
      class: "serif",
      maxlength: "200",
      required: true,
      autocomplete: "off",
    });
    const form = make(
      "form",
      { method: "dialog" },
      make(
        "p",
        { class: "question" },
        make("label", { for: "part-title" }, say("part_title")),
        title,
      ),
      make(
        "div",
        { class: "actions", "data-actions": true },
        make("button", { type: "submit", class: "ember" }, icon("pencil"), say("part_make")),
      ),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const made = await send("POST", "/api/shelf/parts", { title: title.value }).catch(() => null);
      if (!made) return;
      close();
      location.assign(`/words#${encodeURIComponent(made.name)}`);
    });
    return [form];
  });
}

/**
 * Choose what is read aloud in one's own voice.
 *
 * @param {Card[]} cards
 * @param {string} language
 */
export function readOne(cards, language) {
  const offered = cards.filter(
    (card) => card.kind !== "broken" && (card.mine || card.language === language),
  );
  ask(
    say("read_which"),
    () => {
      const picking = new Picking(
        offered.map((card) => [card.name, make("li", {}, reading(card))]),
        make("ul", { class: "covers" }),
      );
      const away = make("div", { class: "actions", "data-actions": true });
      return [picking.field, picking.list, picking.none, away];
    },
    { kind: "wide" },
  );
}

/** @param {Card} card */
function reading(card) {
  return make(
    "a",
    { class: "choice", href: `/read#${encodeURIComponent(card.name)}` },
    make("span", { class: isSession(card) ? "art edges" : "art" }, cover(card.name)),
    make("span", { class: "name serif" }, card.title),
  );
}
