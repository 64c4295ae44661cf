/** What was given before: to listen to, to look at, and to forget. */

import { fill, make } from "../common/dom.js";
import { send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { day, say } from "../common/words.js";
import { keep } from "./making.js";
import { named } from "./wording.js";

/**
 * Return the list of what a person was given; empty where there is nothing.
 *
 * @param {any[]} handovers
 * @param {() => Promise<void>} changed
 */
export function given(handovers, changed) {
  const first = handovers[0];
  if (!first) return make("div", {});
  const rows = handovers.map((each) =>
    make(
      "li",
      {},
      make("span", { class: "serif" }, each.title),
      make("span", { class: "muted" }, day(each.done, { whole: true, hour: true })),
      make(
        "button",
        { type: "button", class: "link", onclick: () => listen(each.id) },
        icon("play"),
        say("listen"),
      ),
      make(
        "button",
        { type: "button", class: "link", onclick: () => keep(each.id) },
        say("files_of"),
      ),
      each.ways.page
        ? make("span", { class: "its-words" }, `${say("passphrase")}: `, phrase(each.ways))
        : null,
    ),
  );
  const forget = make(
    "button",
    { type: "button", class: "link", onclick: () => ask(first, changed) },
    named("forget", first.who),
  );
  return make(
    "section",
    { class: "given" },
    make("h2", {}, named("given", first.who)),
    make("ul", {}, rows),
    forget,
  );
}

/** @param {{ passphrase: string }} ways */
function phrase({ passphrase }) {
  return make("span", { class: "serif" }, passphrase);
}

/**
 * Open what was given, as the client has it.
 *
 * @param {string} ident
 */
async function listen(ident) {
  const tab = globalThis.open("", "_blank");
  const { address } = await send("POST", "/api/handovers/preview", { id: ident });
  if (tab) {
    tab.opener = null;
    tab.location.href = address;
  } else location.href = address;
}

/**
 * @param {any} first
 * @param {() => Promise<void>} changed
 */
function ask(first, changed) {
  const before = document.activeElement;
  const dialog = make("dialog", { class: "forgetting", "aria-labelledby": "forget-title" });
  const close = make("button", { class: "ember" }, say("cancel"));
  const forget = make(
    "button",
    {
      type: "button",
      onclick: async () => {
        forget.disabled = true;
        try {
          told(dialog, await send("POST", `/api/handovers/people/${first.person}/forget`));
        } catch {
          dialog.close();
        }
      },
    },
    say("forget_do"),
  );
  fill(
    dialog,
    make("h2", { id: "forget-title" }, named("forget_title", first.who)),
    make("p", {}, say("forget_text")),
    make("form", { method: "dialog", class: "row" }, close, forget),
  );
  dialog.addEventListener("close", async () => {
    dialog.remove();
    await changed();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    else document.getElementById("screen")?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Say what was removed, and what still says the name.
 *
 * @param {HTMLDialogElement} dialog
 * @param {any} removed
 */
function told(dialog, { removed, sound, left, left_in_bin: binned }) {
  const done = make("button", { class: "ember" }, say("done"));
  fill(
    dialog,
    make("h2", { id: "forget-title" }, say("forgotten")),
    make(
      "ul",
      { class: "removed" },
      removed.map((/** @type {any} */ { title, done: iso, files }) =>
        make("li", {}, row(title, iso, files)),
      ),
      sound.entries ? make("li", {}, say("forgotten_sound", { n: sound.entries })) : null,
    ),
    left.length
      ? make(
          "div",
          {},
          make("p", {}, say("forgotten_left")),
          make(
            "ul",
            {},
            left.map((/** @type {string} */ name) =>
              make("li", {}, make("a", { href: `/session#${encodeURIComponent(name)}` }, name)),
            ),
          ),
        )
      : null,
    binned.length ? make("p", {}, say("forgotten_bin", { titles: binned.join(", ") })) : null,
    make("form", { method: "dialog" }, done),
  );
  done.focus();
}

/**
 * @param {string} title
 * @param {string} iso
 * @param {string[]} files
 */
function row(title, iso, files) {
  if (!files.length) return title; // cancelled, or failed: nothing was made of it
  const date = day(iso, { whole: true });
  return say("forgotten_row", { title, date, files: files.join(", ") });
}
