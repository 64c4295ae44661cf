/** “Keep mine…”: asks why, because whoever reads the script later wants to know. */

import { make } from "../common/dom.js";
import { focusBack } from "../common/refill.js";
import { say } from "../common/words.js";

/**
 * Ask for a reason; null where it was thought better of.
 *
 * @param {{ why: string }} finding
 * @returns {Promise<string | null>}
 */
export function keepMine({ why }) {
  const before = document.activeElement;
  const field = make("textarea", {
    id: "keep-reason",
    rows: "3",
    required: true,
    maxlength: "400",
  });
  const dialog = make(
    "dialog",
    { class: "keep", "aria-labelledby": "keep-title" },
    make("h2", { id: "keep-title" }, say("keep_title")),
    make("p", { class: "muted" }, why),
    make(
      "form",
      { method: "dialog" },
      make("label", { for: "keep-reason" }, say("keep_reason")),
      field,
      make(
        "div",
        { class: "doing" },
        make("button", { class: "sage", value: "keep" }, say("keep_it")),
        make("button", { class: "quiet", value: "", formnovalidate: true }, say("cancel")),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      focusBack(before);
      done(dialog.returnValue === "keep" && field.value.trim() ? field.value.trim() : null);
    });
  });
}
