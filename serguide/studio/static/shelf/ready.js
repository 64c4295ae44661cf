/** Ready made: a row of sessions, and behind “All” every session and part, by language. */

import { fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { language, say } from "../common/words.js";
import { isSession, tile } from "./tiles.js";

/** @typedef {import("./tiles.js").Card} Card */

/**
 * @param {Card[]} cards
 * @param {string} tongue - the interface's language
 */
export function readyMade(cards, tongue) {
  const spoken = [...new Set(cards.map((card) => card.language ?? ""))].filter(Boolean);
  let chosen = spoken.includes(tongue) ? tongue : (spoken[0] ?? "");
  let whole = false;
  const body = make("div", {});
  const more = make("button", { type: "button", class: "quiet more", "aria-expanded": "false" });
  const head = make(
    "div",
    { class: "heading" },
    make("h2", { id: "ready-title" }, say("ready")),
    more,
  );
  const section = make("section", { class: "ready", "aria-labelledby": "ready-title" }, head, body);

  const show = () => {
    const here = cards.filter((card) => !chosen || card.language === chosen);
    const sessions = here.filter(isSession);
    const parts = here.filter((card) => !isSession(card));
    more.setAttribute("aria-expanded", String(whole));
    fill(
      more,
      whole
        ? say("fewer")
        : say("all", {
            sessions: say("n_sessions", { n: sessions.length }),
            parts: say("parts", { n: parts.length }),
          }),
      icon(whole ? "up" : "forward"),
    );
    if (!whole) {
      const shown = sessions.length ? sessions : parts;
      const order = [...shown].sort((one, other) => rank(one) - rank(other));
      fill(body, row(order, "row"));
      return;
    }
    fill(
      body,
      spoken.length > 1 ? choice() : null,
      make("h3", {}, say("sessions")),
      row(sessions, ""),
      make("h3", {}, say("parts_heading")),
      row(parts, ""),
    );
  };

  function choice() {
    const names = new Intl.DisplayNames(language, { type: "language" });
    const select = make(
      "select",
      {
        id: "ready-language",
        onchange: () => {
          chosen = select.value;
          show();
          document.getElementById("ready-language")?.focus();
        },
      },
      spoken.map((tag) =>
        make("option", { value: tag, selected: tag === chosen }, names.of(tag) ?? tag),
      ),
      make("option", { value: "", selected: !chosen }, say("languages_all")),
    );
    return make(
      "p",
      { class: "tongue" },
      make("label", { for: "ready-language" }, say("other_language")),
      select,
    );
  }

  more.addEventListener("click", () => {
    whole = !whole;
    show();
  });
  show();
  return section;
}

/** Sessions that many begin with stand first. */
const FIRST = [
  "the-first-evening",
  "the-day-after",
  "before-sleep",
  "morning-orientation",
  "after-a-strong-emotion",
  "the-gate",
];

/** @param {Card} card */
export function rank(card) {
  const place = FIRST.findIndex((name) => card.name === name || card.name.startsWith(`${name}-`));
  return place < 0 ? FIRST.length : place;
}

/**
 * @param {Card[]} cards
 * @param {string} kind
 */
function row(cards, kind) {
  return make(
    "ul",
    { class: `tiles ${kind}` },
    cards.map((card) => make("li", {}, tile(card, { plain: true }))),
  );
}
