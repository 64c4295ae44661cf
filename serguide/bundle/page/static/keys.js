/** The keys that people expect of a player. */

const TYPING = "textarea, input[type=text]";
const OWN_ARROWS = "input[type=radio], input[type=range]:not(#seek)";
const OWN_SPACE = "button, a, input[type=radio], input[type=checkbox], summary";

/**
 * What keys do; seek: by seconds; volume and speed: by a step up or down.
 *
 * @typedef {object} Actions
 * @property {() => void} room
 * @property {() => void} toggle
 * @property {(seconds: number) => void} seek
 * @property {(step: number) => void} volume
 * @property {(step: number) => void} speed
 * @property {() => void} mute
 */

/**
 * Return the action of a key and what it is called with, or null.
 *
 * @param {string} key
 * @param {boolean} shift
 * @returns {[keyof Actions, number] | null}
 */
export function stroke(key, shift) {
  const louder = shift ? "speed" : "volume";
  switch (key) {
    case "Escape":
      return ["room", 0];
    case " ":
      return ["toggle", 0];
    case "ArrowLeft":
      return ["seek", -15];
    case "ArrowRight":
      return ["seek", 15];
    case "ArrowUp":
      return [louder, 1];
    case "ArrowDown":
      return [louder, -1];
    case "m":
    case "M":
      return ["mute", 0];
    default:
      return null;
  }
}

/**
 * Return whether the element with the focus wants a key for itself; nothing wants Escape.
 *
 * @param {Pick<Element, "matches">} target
 * @param {string} key
 */
export function keepsForItself(target, key) {
  if (key === "Escape") return false;
  if (target.matches(TYPING)) return true;
  if (key.startsWith("Arrow")) return target.matches(OWN_ARROWS);
  return key === " " && target.matches(OWN_SPACE);
}

/** @param {Actions} actions */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const found = stroke(event.key, event.shiftKey);
    if (!found || keepsForItself(target, event.key)) return;
    event.preventDefault();
    const [name, value] = found;
    actions[name](value);
  });
}
