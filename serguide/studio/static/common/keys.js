/** Keys of a screen: what they do, and the list behind `?`. */

import { make } from "./dom.js";
import { say } from "./words.js";

/**
 * A key and what it does. key: as KeyboardEvent.key has it, with `Alt+`, `Ctrl+`, `Shift+` before
 * it where they are held (Ctrl is ⌘ on a Mac too); typing: it works in a text field as well.
 *
 * @typedef {{ key: string, words: string, run: (event: KeyboardEvent) => void, typing?: boolean }}
 *   KeyStroke
 */

/** @type {Map<string, KeyStroke>} */
const strokes = new Map();

/**
 * Add keys; one that is there already is replaced.
 *
 * @param {...KeyStroke} added
 */
export function keys(...added) {
  for (const stroke of added) strokes.set(stroke.key, stroke);
}

/** @param {KeyboardEvent} event */
function named(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const alt = event.altKey ? "Alt+" : "";
  const shift = event.shiftKey && event.key.length > 1 ? "Shift+" : "";
  return `${ctrl}${alt}${shift}${key}`;
}

const TYPING = "input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select";
const OWN = "button, a[href], summary, [role=slider], input, select";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const stroke = strokes.get(named(event));
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  if (!stroke) return;
  if (document.querySelector("dialog[open]") && event.key !== "?") return;
  const typing = target.matches(TYPING) || target.isContentEditable;
  if (typing && !stroke.typing) return;
  if ((event.key === " " || event.key === "Enter") && !stroke.typing && target.matches(OWN)) return;
  if (event.key.startsWith("Arrow") && target.matches("[role=slider], input[type=range]")) return;
  event.preventDefault();
  stroke.run(event);
});

/** @type {Record<string, string>} */
const SHOWN = {
  " ": "key_space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

/** @param {string} key */
function shown(key) {
  return key.split(/\+(?!$)/).map((part) => {
    const known = SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    return make("kbd", {}, known.startsWith("key_") ? say(known) : known);
  });
}

/** Show all keys of this screen. */
export function showKeys() {
  document.querySelector("dialog.keys")?.remove();
  const rows = [...strokes.values()].flatMap((stroke) => [
    make("dt", {}, shown(stroke.key)),
    make("dd", {}, stroke.words),
  ]);
  const close = make("button", { type: "submit", class: "ember" }, say("done"));
  const dialog = make(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title" },
    make("h2", { id: "keys-title" }, say("keys")),
    make("dl", {}, rows),
    make("form", { method: "dialog" }, close),
  );
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

keys({ key: "?", words: say("keys_shown"), run: showKeys });
