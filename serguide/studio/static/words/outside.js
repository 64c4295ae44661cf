/** A file that another program has changed: both are shown side by side, and one is chosen. */

import { make } from "../common/dom.js";
import { say } from "../common/words.js";

/**
 * Show both, and resolve with which to keep.
 *
 * @param {string} mine
 * @param {string} theirs
 * @returns {Promise<"mine" | "theirs">}
 */
export function choose(mine, theirs) {
  const dialog = make("dialog", { class: "outside", "aria-labelledby": "outside-title" });
  const [left, right] = [mine.split("\n"), theirs.split("\n")];
  dialog.append(
    make("h2", { id: "outside-title" }, say("changed_outside")),
    make("p", { class: "muted" }, say("changed_outside_hint")),
    make(
      "div",
      { class: "both" },
      column(say("yours_here"), left, new Set(right)),
      column(say("theirs"), right, new Set(left)),
    ),
    make(
      "form",
      { method: "dialog", class: "doing" },
      make("button", { class: "sage", value: "mine" }, say("keep_my_text")),
      make("button", { value: "theirs" }, say("take_theirs")),
    ),
  );
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "theirs" ? "theirs" : "mine");
    });
  });
}

/**
 * @param {string} title
 * @param {string[]} lines
 * @param {Set<string>} others
 */
function column(title, lines, others) {
  return make(
    "section",
    {},
    make("h3", {}, title),
    make(
      "pre",
      { tabindex: "0", "aria-label": title },
      lines.map((line) => (others.has(line) ? `${line}\n` : make("mark", {}, `${line}\n`))),
    ),
  );
}
