/** Words about what just happened, seen and read out: saved, not saved, or what to do next. */

import { byId, fill, make } from "./dom.js";
import { say } from "./words.js";

/** Milliseconds that a passing word stays. */
const STAYS = 6000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Milliseconds that one stays with something to do about it. */
const OFFERS = 20_000;

/**
 * Show a passing word in the page's live region.
 *
 * @param {string} text
 * @param {{ words: string, run: () => unknown }} [offer] - a button beside it, which has the focus
 */
export function notice(text, offer) {
  if (!offer) {
    put(make("p", { class: "notice" }, text));
    timer = setTimeout(clear, STAYS);
    return;
  }
  const button = make(
    "button",
    { type: "button", class: "link", onclick: () => (clear(), offer.run()) },
    offer.words,
  );
  const shown = make("div", { class: "notice" }, make("p", {}, text), button);
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => shown.contains(document.activeElement) || clear(), OFFERS);
  };
  shown.addEventListener("focusout", later);
  put(shown);
  button.focus();
  later();
}

function clear() {
  fill(byId("notices"));
}

/**
 * Show a problem, which stays until it is put away or another word comes.
 *
 * @param {{ message: string, hint?: string }} problem
 */
export function problem({ message, hint }) {
  const away = make("button", { type: "button", class: "quiet", onclick: clear }, say("put_away"));
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
