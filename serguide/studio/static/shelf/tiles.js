/** Tiles: a cover with title and length; a session shows two edges behind its cover. */

import { make } from "../common/dom.js";
import { cover } from "../common/http.js";
import { length, say } from "../common/words.js";

/**
 * What the studio tells of a session or part.
 *
 * @typedef {object} Card
 * @property {string} name
 * @property {string} title
 * @property {string} kind - a script's, `session`, or `broken`
 * @property {boolean} mine
 * @property {string} [about]
 * @property {string} [language]
 * @property {number} [parts]
 * @property {string} [for]
 * @property {boolean} [takes_name]
 * @property {{ line: number, message: string, hint: string }[]} [broken]
 */

/** Lengths in seconds and sentences to read, by name, as they come in. */
/** @type {Map<string, { seconds?: number, unread?: number }>} */
export const known = new Map();

/** @param {Card} card */
export const isSession = (card) => card.kind === "session";

/** @param {Card} card */
export function address(card) {
  return `/${isSession(card) ? "session" : "words"}#${encodeURIComponent(card.name)}`;
}

/**
 * Return a tile that leads to where its session or part is changed.
 *
 * @param {Card} card
 * @param {{ plain?: boolean, onbroken?: (card: Card) => void }} [how] - plain: its length alone
 */
export function tile(card, { plain = false, onbroken } = {}) {
  const told = make("span", { class: "told", "data-length-of": card.name });
  if (plain) told.dataset.plain = "";
  write(told, card);
  const inside = [
    make("span", { class: isSession(card) ? "art edges" : "art" }, cover(card.name)),
    make("span", { class: "name serif" }, card.title),
    told,
  ];
  const lang = card.language && card.language !== document.documentElement.lang;
  const attributes = { class: "tile", lang: lang ? card.language : null };
  if (card.kind === "broken") {
    return make(
      "button",
      { ...attributes, type: "button", class: "tile broken", onclick: () => onbroken?.(card) },
      inside,
    );
  }
  return make("a", { ...attributes, href: address(card), title: card.about || null }, inside);
}

/**
 * Write below a tile what is known of it by now.
 *
 * @param {HTMLElement} told
 * @param {Card} card
 */
function write(told, card) {
  const { seconds, unread } = known.get(card.name) ?? {};
  told.replaceChildren(...lines(card, seconds, told.dataset.plain !== undefined));
  if (unread && card.mine) {
    told.append(make("span", { class: "unread" }, say("to_read", { n: unread })));
  }
}

/**
 * @param {Card} card
 * @param {number | undefined} seconds
 * @param {boolean} plain
 * @returns {HTMLElement[]}
 */
function lines(card, seconds, plain) {
  /** @param {string} text */
  const line = (text) => make("span", {}, text);
  if (card.kind === "broken") {
    return [line(say("broken")), make("span", { class: "show-it" }, say("show_it"))];
  }
  const long = seconds === undefined ? "" : length(seconds);
  if (plain) return [line(long || "\u00a0")];
  if (!isSession(card)) return [line(long ? say("a_part", { length: long }) : say("a_part_plain"))];
  if (!long) return [line("\u00a0")];
  if (card.for) return [line(say("for_whom", { length: long, who: card.for }))];
  const parts = say("parts", { n: card.parts ?? 0 });
  return [line(say("with_parts", { length: long, parts }))];
}

/**
 * Take a length in, and write it below each tile of that name.
 *
 * @param {{ name: string, seconds?: number, unread?: number }} told
 * @param {Map<string, Card>} cards
 */
export function learn(told, cards) {
  known.set(told.name, told);
  const card = cards.get(told.name);
  if (!card) return;
  const found = document.querySelectorAll(`[data-length-of="${CSS.escape(told.name)}"]`);
  for (const element of found) write(/** @type {HTMLElement} */ (element), card);
}
