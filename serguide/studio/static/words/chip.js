/** Chips: a pause or a value within a text, a rest between texts. Enter opens one, ↑↓ change it. */

import { fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { language, say } from "../common/words.js";

const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

/** Longest silence that the steppers reach, in seconds; the text file knows no such end. */
const LONGEST = 600;

/**
 * Write seconds as a chip shows them.
 *
 * @param {number} seconds
 */
export function shownTime(seconds) {
  if (seconds < 60) return say("short_seconds", { n: number.format(seconds) });
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const short = say("short_minutes", { n: number.format(minutes) });
  return rest ? `${short} ${say("short_seconds", { n: number.format(rest) })}` : short;
}

/**
 * Return seconds one step longer or shorter: half seconds below five.
 *
 * @param {number} seconds
 * @param {number} by - 1 or -1
 */
export function stepped(seconds, by) {
  const step = seconds + by * 0.01 < 5 ? 0.5 : seconds + by * 0.01 < 60 ? 1 : 5;
  const next =
    by > 0 ? Math.floor(seconds / step + 1) * step : Math.ceil(seconds / step - 1) * step;
  return Math.min(LONGEST, Math.max(0.5, Math.round(next * 1000) / 1000));
}

/**
 * @typedef {object} ChipOptions
 * @property {() => void} changed
 * @property {(chip: HTMLElement) => void} removed
 * @property {(seconds: number) => string} [words] - what it shows
 * @property {(chip: HTMLElement, event: KeyboardEvent) => boolean} [moved] - takes arrow keys
 */

/**
 * Make a chip for a silence.
 *
 * @param {number} seconds
 * @param {string} name - what kind of silence it is, for screen readers
 * @param {ChipOptions} options
 */
export function timeChip(seconds, name, options) {
  const chip = make("span", {
    class: "chip time",
    contenteditable: "false",
    role: "button",
    tabindex: "0",
    "aria-haspopup": "true",
  });
  const words = options.words ?? shownTime;
  const show = (/** @type {number} */ value) => {
    chip.dataset.pause = String(value);
    chip.textContent = words(value);
    chip.setAttribute("aria-label", `${name}, ${words(value)}`);
  };
  show(seconds);
  const step = (/** @type {number} */ by) => {
    show(stepped(Number(chip.dataset.pause), by));
    options.changed();
  };
  onKeys(chip, options, { ArrowUp: () => step(1), ArrowDown: () => step(-1) }, () =>
    openTime(chip, step, () => options.removed(chip)),
  );
  return chip;
}

const VALUES = new Set(["name", "place", "day", "notice"]);

/**
 * Return what is shown for a value: a word of the interface for those that the library's parts
 * have, others as they are written.
 *
 * @param {string} value
 */
export function shownValue(value) {
  return VALUES.has(value) ? say(`value_${value}`) : value;
}

/**
 * Make a chip for a value, such as the client's name.
 *
 * @param {string} value
 * @param {ChipOptions} options
 */
export function valueChip(value, options) {
  const shown = shownValue(value);
  const chip = make("span", {
    class: "chip sage value",
    contenteditable: "false",
    role: "button",
    tabindex: "0",
    "data-value": value,
    "aria-haspopup": "true",
    "aria-label": say("value", { name: shown }),
  });
  chip.textContent = shown;
  onKeys(chip, options, {}, () => openValue(chip, () => options.removed(chip)));
  return chip;
}

/**
 * @param {HTMLElement} chip
 * @param {ChipOptions} options
 * @param {Record<string, () => void>} more
 * @param {() => void} open
 */
function onKeys(chip, options, more, open) {
  chip.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const run = more[event.key];
    if (run) run();
    else if (event.key === "Enter" || event.key === " ") open();
    else if (event.key === "Backspace" || event.key === "Delete") options.removed(chip);
    else if (!options.moved?.(chip, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  chip.addEventListener("click", open);
}

/**
 * @param {HTMLElement} chip
 * @param {(by: number) => void} step
 * @param {() => void} remove
 */
function openTime(chip, step, remove) {
  const shown = make("output", {}, chip.textContent);
  const by = (/** @type {number} */ many) => () => {
    step(many);
    shown.textContent = chip.textContent;
  };
  popover(
    chip,
    say("silence"),
    make(
      "div",
      { class: "stepper" },
      make(
        "button",
        { type: "button", class: "round quiet", onclick: by(-1), "aria-label": say("shorter") },
        "−",
      ),
      shown,
      make(
        "button",
        { type: "button", class: "round quiet", onclick: by(1), "aria-label": say("longer") },
        "+",
      ),
    ),
    remove,
  );
}

/**
 * @param {HTMLElement} chip
 * @param {() => void} remove
 */
function openValue(chip, remove) {
  popover(
    chip,
    chip.textContent ?? "",
    make("p", { class: "small muted" }, say("value_hint")),
    remove,
  );
}

/**
 * Show what can be done with a chip, under it; Esc goes back to the chip.
 *
 * @param {HTMLElement} chip
 * @param {string} name
 * @param {HTMLElement} inside
 * @param {() => void} remove
 */
function popover(chip, name, inside, remove) {
  document.querySelector("dialog.popover")?.remove();
  const dialog = make("dialog", { class: "popover", "aria-label": name });
  fill(
    dialog,
    inside,
    make(
      "button",
      {
        type: "button",
        class: "quiet",
        onclick: () => {
          dialog.close("removed");
          remove();
        },
      },
      icon("close"),
      say("take_out"),
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "removed") chip.focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  const box = chip.getBoundingClientRect();
  dialog.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 250))}px`;
  dialog.style.top = `${Math.min(box.bottom + 8, innerHeight - 80)}px`;
  dialog.showModal();
}
