/** The bin: what is one's own is moved there, put back at once or on another day, or erased. */

import { byId, fill, make } from "../common/dom.js";
import { get, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice } from "../common/notice.js";
import { day, say } from "../common/words.js";
import { ask } from "./dialogs.js";

/** @typedef {import("./tiles.js").Card} Card */
/** @typedef {{ id: string, name: string, title: string, date: string }} Thrown */

/** What went to the bin last, on this page. */
/** @type {Thrown | null} */
let last = null;

/**
 * Return the button that moves something of one's own to the bin.
 *
 * @param {Card} card
 */
export function binButton(card) {
  const words = say("bin_move", { title: card.title });
  return make(
    "button",
    {
      type: "button",
      class: "round to-bin",
      "aria-label": words,
      title: words,
      onclick: () => throwAway(card),
    },
    icon("bin"),
  );
}

/** @param {Card} card */
async function throwAway(card) {
  const done = await send("POST", "/api/shelf/bin", { name: card.name }).catch(() => null);
  if (!done) return;
  if (done.needed_by) {
    notice(say("bin_used", { title: card.title, titles: done.needed_by.map(named).join("; ") }));
    return;
  }
  last = done;
  await changed();
  notice(say("bin_moved", { title: done.title }), {
    words: say("put_back"),
    run: () => putBack(done),
  });
}

/** @param {{ title: string, for: string }} user */
function named({ title, for: who }) {
  return who ? say("title_for", { title, who }) : say("quoted", { text: title });
}

/** Put back what went to the bin last, on this page. */
export async function putBackLast() {
  if (last) await putBack(last);
}

/** @param {Thrown} thrown */
async function putBack(thrown) {
  const path = `/api/shelf/bin/${encodeURIComponent(thrown.id)}/back`;
  const done = await send("POST", path, {}).catch(() => null);
  if (!done) return false;
  if (last?.id === thrown.id) last = null;
  await changed();
  const back = document.querySelector(`[href$="#${CSS.escape(encodeURIComponent(done.name))}"]`);
  if (back instanceof HTMLElement && !document.querySelector("dialog[open]")) back.focus();
  notice(say("bin_back", { title: thrown.title }));
  return true;
}

/** Have the shelf shown as it is now; resolves when it is. */
async function changed() {
  const event = new CustomEvent("shelf-changed", { detail: { done: Promise.resolve() } });
  document.dispatchEvent(event);
  await event.detail.done;
}

/** Show what lies in the bin. */
export async function showBin() {
  const { thrown } = await get("/api/shelf/bin").catch(() => ({ thrown: null }));
  if (!thrown) return;
  const list = make("ul", { class: "binned" });
  const show = () =>
    fill(
      list,
      thrown.length
        ? thrown.map((/** @type {Thrown} */ each) => row(each, gone))
        : make("li", { class: "muted" }, say("bin_empty")),
    );
  /** @param {Thrown} each */
  const gone = (each) => {
    thrown.splice(thrown.indexOf(each), 1);
    show();
    list.closest("dialog")?.querySelector("h2")?.focus();
  };
  show();
  ask(
    say("bin_title"),
    () => [
      make("p", { class: "muted" }, say("bin_hint")),
      list,
      make("div", { class: "actions", "data-actions": true }),
    ],
    { away: say("done") },
  );
}

/**
 * @param {Thrown} each
 * @param {(each: Thrown) => void} gone
 */
function row(each, gone) {
  const date = day(each.date, { whole: true });
  const { title } = each;
  return make(
    "li",
    {},
    make(
      "span",
      { class: "whom" },
      make("span", { class: "serif" }, title),
      make("span", { class: "muted small" }, say("bin_since", { date })),
    ),
    make(
      "button",
      {
        type: "button",
        "aria-label": say("bin_put_back", { title }),
        onclick: async () => (await putBack(each)) && gone(each),
      },
      say("put_back"),
    ),
    make(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": say("bin_erase_of", { title }),
        onclick: () => erase(each, gone),
      },
      say("bin_erase"),
    ),
  );
}

/**
 * @param {Thrown} each
 * @param {(each: Thrown) => void} gone
 */
function erase(each, gone) {
  const { id, title } = each;
  ask(say("bin_erase_sure", { title }), (close) => [
    make("p", {}, say("bin_erase_hint")),
    make(
      "div",
      { class: "actions", "data-actions": true },
      make(
        "button",
        {
          type: "button",
          class: "rose",
          onclick: async () => {
            const path = `/api/shelf/bin/${encodeURIComponent(id)}`;
            const done = await send("DELETE", path).catch(() => null);
            close();
            if (!done) return;
            if (last?.id === id) last = null;
            gone(each);
            await changed();
            notice(say("bin_erased", { title }));
          },
        },
        say("bin_erase_do"),
      ),
    ),
  ]);
}

/**
 * Bring the footer's button up to date.
 *
 * @param {number} n - things in the bin
 */
export function countBinned(n) {
  const button = byId("bin");
  button.hidden = !n;
  fill(button, icon("bin"), say("bin", { n }));
}
