/** In a single file the sound is in the page itself; players seek better in a Blob of it. */

/**
 * Return a link to the sound of an element: its own, or one to the bytes that it holds.
 *
 * @param {Pick<Element, "getAttribute">} element
 */
export function unpacked(element) {
  const source = element.getAttribute("src") ?? "";
  const found = /^data:([^;,]+);base64,/.exec(source.slice(0, 80));
  if (!found) return source;
  const text = atob(source.slice(found[0].length));
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return URL.createObjectURL(new Blob([bytes], { type: found[1] ?? "" }));
}
