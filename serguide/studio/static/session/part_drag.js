/** Parts dragged to another place: by a mouse or pen anywhere on them, by a finger on the grip. */

/** Pixels that a pointer goes before it drags; less is a click. */
const FAR = 6;

/** Pixels from an edge of what rolls, at which it rolls on. */
const EDGE = 48;

/** Pixels that it rolls at each move there. */
const ROLL = 14;

/** @typedef {{ from: number, x: number, y: number, on: boolean }} Drag */

/** @type {Drag | null} */
let drag = null;
/** @type {HTMLElement} */
let area;
/** @type {(from: number, to: number) => void} */
let dropped;

/**
 * Let the `.part` elements of an area be dragged, whenever it is filled.
 *
 * @param {HTMLElement} root
 * @param {(from: number, to: number) => void} moved - called with places among the parts
 */
export function dragParts(root, moved) {
  area = root;
  dropped = moved;
  root.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", go);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", cancel);
  document.addEventListener("keydown", escape, { capture: true });
}

function cards() {
  return /** @type {HTMLElement[]} */ ([...area.querySelectorAll(".part")]);
}

/** @param {PointerEvent} event */
function begin(event) {
  const on = event.target instanceof Element ? event.target : null;
  const card = on?.closest(".part");
  const held = event.pointerType === "touch" ? on?.closest(".grip") : on?.closest(".part-open");
  if (!(card instanceof HTMLElement) || !held || event.button !== 0 || !event.isPrimary) return;
  drag = { from: cards().indexOf(card), x: event.clientX, y: event.clientY, on: false };
}

/** @param {PointerEvent} event */
function go(event) {
  if (!drag) return;
  if (event.pointerType === "mouse" && !(event.buttons & 1)) {
    cancel();
    return;
  }
  if (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
  drag.on = true;
  roll(event);
  show(gap(event));
}

/** @param {PointerEvent} event */
function end(event) {
  if (!drag) return;
  const { from, on } = drag;
  const place = on ? gap(event) : from;
  cancel();
  if (!on) return;
  // Where a drag ends is no click on what lies there.
  const swallow = (/** @type {Event} */ click) => {
    click.preventDefault();
    click.stopPropagation();
  };
  area.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => area.removeEventListener("click", swallow, { capture: true }));
  const to = place > from ? place - 1 : place;
  if (to !== from) dropped(from, to);
}

function cancel() {
  drag = null;
  show(null);
}

/** @param {KeyboardEvent} event */
function escape(event) {
  if (!drag?.on || event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  cancel();
}

/** Tell whether the parts stand side by side, as they do where there is little room. */
function sideways() {
  const [first, second] = cards();
  return Boolean(first && second && first.offsetTop === second.offsetTop);
}

/**
 * Return the gap between parts that is nearest to the pointer: 0 is before the first.
 *
 * @param {PointerEvent} event
 */
function gap(event) {
  const across = sideways();
  const found = cards().findIndex((card) => {
    const box = card.getBoundingClientRect();
    return across
      ? event.clientX < box.left + box.width / 2
      : event.clientY < box.top + box.height / 2;
  });
  return found < 0 ? cards().length : found;
}

/**
 * Show which part is dragged, and where it would come to stand.
 *
 * @param {number | null} place
 */
function show(place) {
  const all = cards();
  area.classList.toggle("dragging", drag?.on ?? false);
  area.classList.toggle("sideways", sideways());
  all.forEach((card, index) => {
    card.classList.toggle("dragged", drag?.on === true && drag.from === index);
    card.classList.toggle("before", place === index);
    card.classList.toggle("behind", place === all.length && index === all.length - 1);
  });
}

/** @param {PointerEvent} event */
function roll(event) {
  for (const each of [area.parentElement, area.querySelector(".part-cards")]) {
    if (!each) continue;
    const box = each.getBoundingClientRect();
    if (event.clientY < Math.max(0, box.top) + EDGE) each.scrollTop -= ROLL;
    if (event.clientY > Math.min(innerHeight, box.bottom) - EDGE) each.scrollTop += ROLL;
    if (event.clientX < box.left + EDGE) each.scrollLeft -= ROLL;
    if (event.clientX > box.right - EDGE) each.scrollLeft += ROLL;
  }
}
