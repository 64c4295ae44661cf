/** Fill an element anew, and keep the focus where it was: `data-focus` names who had it. */

import { fill } from "../common/dom.js";

/**
 * Put other children into an element; who had the focus has it again, with what was typed.
 *
 * @param {Element} element
 * @param {...(import("../common/dom.js").Child | import("../common/dom.js").Child[])} children
 */
export function refill(element, ...children) {
  const had = document.activeElement;
  const key = had && element.contains(had) ? had.getAttribute("data-focus") : null;
  const typed = had instanceof HTMLInputElement && key ? had.value : null;
  const scroll = element.scrollTop;
  fill(element, ...children);
  element.scrollTop = scroll;
  if (!key) return;
  const next = [...element.querySelectorAll("[data-focus]")].find(
    (each) => each.getAttribute("data-focus") === key,
  );
  if (next instanceof HTMLInputElement && typed !== null && next.type === "text") {
    next.value = typed;
  }
  const fallback = element.closest("section, main, [tabindex]");
  const target = next ?? fallback;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
