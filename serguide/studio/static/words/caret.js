/** Places in a text with chips: counted as the check counts them, a chip as one character. */

/** Keeps a caret beside a chip; it is no part of the words. */
export const THIN = "\u200b";

/**
 * Return the length of a node: its characters, each chip one.
 *
 * @param {Node} node
 * @returns {number}
 */
export function lengthOf(node) {
  if (node instanceof Text) return plain(node.data).length;
  if (isChip(node)) return 1;
  return [...node.childNodes].reduce((sum, child) => sum + lengthOf(child), 0);
}

/** @param {string} text */
export function plain(text) {
  return text.replaceAll(THIN, "");
}

/**
 * @param {Node | null} node
 * @returns {node is HTMLElement}
 */
export function isChip(node) {
  return node instanceof HTMLElement && node.classList.contains("chip");
}

/**
 * Return where in an element a place of the DOM stands, in characters.
 *
 * @param {HTMLElement} root
 * @param {Node} node
 * @param {number} offset
 */
export function placeOf(root, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(root);
  range.setEnd(node, offset);
  return lengthOf(range.cloneContents());
}

/**
 * Return the caret's place in an element; -1 where it is not in it.
 *
 * @param {HTMLElement} root
 */
export function caretIn(root) {
  const selection = getSelection();
  if (!selection?.focusNode || !root.contains(selection.focusNode)) return -1;
  return placeOf(root, selection.focusNode, selection.focusOffset);
}

/**
 * Return a stretch of an element's text as a range.
 *
 * @param {HTMLElement} root
 * @param {number} start
 * @param {number} end
 */
export function rangeAt(root, start, end) {
  const range = document.createRange();
  const [first, last] = [pointAt(root, start, false), pointAt(root, end, true)];
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset);
  return range;
}

/**
 * Put the caret into an element.
 *
 * @param {HTMLElement} root
 * @param {number} place - in characters
 */
export function setCaret(root, place) {
  root.focus();
  const { node, offset } = pointAt(root, place, true);
  getSelection()?.collapse(node, offset);
}

/**
 * Return a place of the DOM; before: of two that are the same, the earlier one.
 *
 * @param {HTMLElement} root
 * @param {number} place
 * @param {boolean} before
 * @returns {{ node: Node, offset: number }}
 */
function pointAt(root, place, before) {
  let left = place;
  for (const child of root.childNodes) {
    const long = lengthOf(child);
    if (left < long || (before && left === long && child instanceof Text)) {
      if (child instanceof Text) return { node: child, offset: withThin(child.data, left) };
      return { node: root, offset: indexOf(child) };
    }
    left -= long;
  }
  return { node: root, offset: root.childNodes.length };
}

/**
 * @param {string} text
 * @param {number} count
 */
function withThin(text, count) {
  let at = 0;
  for (let left = count; at < text.length && left > 0; at += 1) if (text[at] !== THIN) left -= 1;
  return at;
}

/** @param {Node} node */
function indexOf(node) {
  return [.../** @type {Node} */ (node.parentNode).childNodes].indexOf(
    /** @type {ChildNode} */ (node),
  );
}
