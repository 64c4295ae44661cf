/** Dialogs of the shelf: one question each, Esc leaves, and the focus goes back where it was. */

import { make } from "../common/dom.js";
import { focusBack } from "../common/refill.js";
import { say } from "../common/words.js";

let count = 0;

/**
 * Show a dialog.
 *
 * @param {string} title
 * @param {(close: () => void) => (Node | string | null)[]} content
 * @param {{ kind?: string, away?: string }} [how] - kind: a class for it; away: the word of the
 *   button that leaves it
 */
export function ask(title, content, { kind = "", away: word = say("cancel") } = {}) {
  count += 1;
  const heading = `dialog-${count}`;
  const before = document.activeElement;
  const close = () => dialog.close();
  const away = make("button", { type: "button", class: "quiet", onclick: close }, word);
  const dialog = make(
    "dialog",
    { class: `ask ${kind}`, "aria-labelledby": heading },
    make("h2", { id: heading, tabindex: "-1" }, title),
    content(close),
  );
  const place = dialog.querySelector("[data-actions]");
  (place ?? dialog).append(away);
  dialog.addEventListener("close", () => {
    dialog.remove();
    focusBack(before);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
