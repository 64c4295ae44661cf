/** Words about what just happened, seen and read out: saved, not saved, or what to do next. */

import { byId, fill, make } from "./dom.js";
import { say } from "./words.js";

/** Milliseconds that a passing word stays. */
const STAYS = 6000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Show a passing word in the page's live region.
 *
 * @param {string} text
 */
export function notice(text) {
  put(make("p", { class: "notice" }, text));
  timer = setTimeout(() => fill(byId("notices")), STAYS);
}

/**
 * Show a problem, which stays until it is put away or another word comes.
 *
 * @param {{ message: string, hint?: string }} problem
 */
export function problem({ message, hint }) {
  const away = make(
    "button",
    { type: "button", class: "quiet", onclick: () => fill(byId("notices")) },
    say("put_away"),
  );
  put(
    make(
      "div",
      { class: "notice problem" },
      make("p", {}, make("strong", {}, sentence(message)), hint ? ` ${sentence(hint)}` : ""),
      away,
    ),
  );
}

/**
 * Say how saving stands, in the element of the page that says so (`data-saved`), if it has one.
 *
 * @param {"saved" | "saving" | "unsaved"} state
 * @param {string} [reason]
 */
export function saved(state, reason = "") {
  for (const element of document.querySelectorAll("[data-saved]")) {
    element.textContent = state === "unsaved" ? say("not_saved", { reason }) : say(state);
    element.classList.toggle("rose", state === "unsaved");
  }
}

/**
 * Return a text with a capital at its head and a stop at its end.
 *
 * @param {string} text
 */
export function sentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…”]$/.test(whole) ? whole : `${whole}.`;
}

/** @param {HTMLElement} shown */
function put(shown) {
  clearTimeout(timer);
  fill(byId("notices"), shown);
}
