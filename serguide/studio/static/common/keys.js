/** Keys of a screen: what they do, and the list behind `?`. */

import { make } from "./dom.js";
import { focusBack } from "./refill.js";
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
  // Of a sign such as `?`, the shift key is a part; beside Ctrl, it makes another key of a letter.
  const shift = event.shiftKey && (event.key.length > 1 || ctrl) ? "Shift+" : "";
  const name = `${ctrl}${alt}${shift}${key}`;
  return SAME[name] ?? name;
}

/** What other programs call the same. @type {Record<string, string>} */
const SAME = { "Ctrl+Shift+z": "Ctrl+y" };

const TYPING = "input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, select";

/** What has keys of its own: on a slider the space bar does nothing, so that it is the screen's. */
const PRESSED = "button, summary, [role=button], input[type=checkbox], input[type=radio]";
const STEERED = "[role=slider], input[type=range], input[type=radio]";

/**
 * Tell whether a key that is held with no other is the focused element's own.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} target
 */
function itsOwn(event, target) {
  if (event.key === " ") return target.matches(PRESSED);
  if (event.key === "Enter") return target.matches(`${PRESSED}, a[href]`);
  if (!/^(Arrow|Page|Home|End)/.test(event.key)) return false;
  return !event.shiftKey && !event.altKey && target.matches(STEERED);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const stroke = strokes.get(named(event));
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  if (!stroke) return;
  if (document.querySelector("dialog[open]:not(.keys)")) return;
  if (document.querySelector("dialog[open]") && event.key !== "?") return;
  const typing = target.matches(TYPING) || target.isContentEditable;
  if (typing && !stroke.typing) return;
  if (!stroke.typing && itsOwn(event, target)) return;
  event.preventDefault();
  stroke.run(event);
});

/** @type {Record<string, string>} */
const SHOWN = {
  " ": "key_space",
  Ctrl: "key_ctrl",
  Shift: "key_shift",
  Delete: "key_delete",
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

/** Show all keys of this screen; put them away where they are shown. */
export function showKeys() {
  const open = document.querySelector("dialog.keys");
  if (open instanceof HTMLDialogElement) {
    open.close();
    return;
  }
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
    focusBack(before);
  });
  document.body.append(dialog);
  dialog.showModal();
}

keys({ key: "?", words: say("keys_shown"), run: showKeys });
