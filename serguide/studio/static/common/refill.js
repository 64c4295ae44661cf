/** Focus that is never lost: where elements are filled anew, and where a dialog has closed. */

import { byId, fill } from "./dom.js";

/**
 * Put other children into an element; who had the focus has it again, with what was typed.
 *
 * `data-focus` names who had it. Where that is gone, the element's surroundings have it.
 *
 * @param {Element} element
 * @param {...(import("./dom.js").Child | import("./dom.js").Child[])} children
 */
export function refill(element, ...children) {
  const had = document.activeElement;
  const inside = had && had !== element && element.contains(had) ? had : null;
  const key = inside?.getAttribute("data-focus") ?? null;
  const typed = inside instanceof HTMLInputElement && key ? inside.value : null;
  const scroll = element.scrollTop;
  fill(element, ...children);
  element.scrollTop = scroll;
  // What was put in again is the same element as before: only the focus has left it.
  if (!inside) return;
  const next = inside.isConnected ? inside : named(element, key);
  if (next instanceof HTMLInputElement && typed !== null && next.type === "text") {
    next.value = typed;
  }
  focusOn(next ?? element.closest("section, main, [tabindex]"));
}

/**
 * Give the focus back to an element when a dialog has closed; to the screen where it is gone.
 *
 * @param {Element | null} element
 */
export function focusBack(element) {
  const key = element?.getAttribute("data-focus") ?? null;
  const there = element?.isConnected && element !== document.body;
  focusOn(there ? element : named(document.body, key));
}

/** @param {Element | null} [target] */
function focusOn(target) {
  const found = target instanceof HTMLElement ? target : byId("screen");
  if (found.matches("section, main") && !found.hasAttribute("tabindex")) found.tabIndex = -1;
  found.focus({ preventScroll: true });
}

/**
 * @param {Element} root
 * @param {string | null} key
 */
function named(root, key) {
  if (!key) return null;
  const all = [...root.querySelectorAll("[data-focus]")];
  return all.find((each) => each.getAttribute("data-focus") === key) ?? null;
}
