/** Handed over: whom something was given, and what; the newest first. */

import { fill, make } from "../common/dom.js";
import { cover, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice } from "../common/notice.js";
import { day, say } from "../common/words.js";
import { ask } from "./dialogs.js";

/** @typedef {{ id: string, person: string, who: string, name: string, title: string,
 *   minutes: number, date: string }} Given */

/** Rows that are shown at first. */
const FIRST = 5;

/**
 * @param {Given[]} given
 * @param {HTMLElement | null} underWay - what is being made just now
 * @returns {HTMLElement}
 */
export function handedOver(given, underWay) {
  const section = make("section", { class: "handed", "aria-labelledby": "handed-title" });
  const heading = make("h2", { id: "handed-title" }, say("handed"));
  section.append(heading, underWay ?? "");
  if (!given.length) {
    if (underWay) return section;
    section.append(
      make("p", { class: "serif empty" }, say("nobody")),
      make("p", { class: "muted" }, say("nobody_hint")),
    );
    return section;
  }
  const list = make("ul", { class: "clients" });
  const older = make(
    "button",
    { type: "button", class: "link", onclick: () => show(given.length) },
    say("older"),
  );
  /** @param {number} most */
  const show = (most) => {
    fill(list, given.slice(0, most).map(row));
    older.hidden = given.length <= most;
    if (most > FIRST) list.querySelectorAll("button")[FIRST]?.focus();
  };
  show(FIRST);
  section.append(list, older);
  return section;
}

/** @param {Given} given */
function row(given) {
  const who = given.who || say("someone");
  const actions = make("div", { class: "actions", id: `given-${given.id}` });
  fill(
    actions,
    make(
      "button",
      {
        type: "button",
        class: "link",
        "aria-label": say("listen_to", { who }),
        onclick: () => listen(given),
      },
      icon("play"),
      make("span", {}, say("listen")),
    ),
    make(
      "a",
      {
        class: "button link",
        href: `/handover#${encodeURIComponent(given.name)}&again=${given.id}`,
      },
      icon("again"),
      make("span", {}, say("again")),
    ),
    make(
      "button",
      { type: "button", class: "link", onclick: () => forget(given) },
      make("span", {}, say("forget")),
    ),
  );
  const head = make(
    "button",
    { type: "button", class: "client", "aria-expanded": "false", "aria-controls": actions.id },
    cover(given.name, "cover small"),
    make(
      "span",
      { class: "whom" },
      make("span", { class: "serif" }, who),
      make("span", { class: "muted" }, `${given.title}, ${say("minutes", { n: given.minutes })}`),
    ),
    make("span", { class: "when muted" }, day(given.date)),
  );
  const item = make("li", {}, head, actions);
  /** @param {boolean} shown */
  const open = (shown) => {
    item.classList.toggle("open", shown);
    head.setAttribute("aria-expanded", String(shown));
  };
  item.addEventListener("focusin", () => open(true));
  item.addEventListener("focusout", (event) => {
    if (!item.contains(/** @type {Node | null} */ (event.relatedTarget))) open(false);
  });
  head.addEventListener("click", () => head.focus());
  return item;
}

/** @param {Given} given */
async function listen(given) {
  const shown = await send("POST", "/api/handovers/preview", { id: given.id }).catch(() => null);
  if (!shown) return;
  const who = given.who || say("someone");
  const title = say("preview_of", { who });
  ask(
    title,
    () => [
      make("iframe", { src: shown.address, sandbox: "allow-scripts", title, class: "phone" }),
      make("div", { class: "actions", "data-actions": true }),
    ],
    { kind: "preview", away: say("done") },
  );
}

/** @param {Given} given */
function forget(given) {
  const who = given.who || say("someone");
  ask(say("forget_sure", { who }), (close) => [
    make("p", {}, say("forget_hint", { who })),
    make(
      "div",
      { class: "actions", "data-actions": true },
      make(
        "button",
        {
          type: "button",
          class: "rose",
          onclick: async () => {
            const path = `/api/handovers/people/${encodeURIComponent(given.person)}/forget`;
            const done = await send("POST", path, {}).catch(() => null);
            if (!done) return;
            close();
            const what = done.removed.map((/** @type {any} */ each) => each.title).join(", ");
            const left = done.left.join(", ");
            document.dispatchEvent(new CustomEvent("shelf-changed"));
            const binned = done.left_in_bin.join(", ");
            notice(
              [
                left ? say("forgotten_left", { what, left }) : say("forgotten", { what }),
                binned ? say("forgotten_bin", { titles: binned }) : "",
              ].join(" "),
            );
          },
        },
        say("forget"),
      ),
    ),
  ]);
}
