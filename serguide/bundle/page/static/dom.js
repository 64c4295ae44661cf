/** The few things that every part asks of the document. */

/**
 * Return an element that the page has (types.d.ts lists them).
 *
 * @template {PageId} Id
 * @param {Id} id
 * @returns {HTMLElementTagNameMap[PageTags[Id]]}
 */
export const byId = (id) => {
  /** @type {any} */
  const found = document.getElementById(id);
  return found;
};

/**
 * @param {HTMLElement} element
 * @param {boolean} shown
 */
export function show(element, shown) {
  if (element) element.hidden = !shown;
}

/**
 * Change a text only when it changes, so that nothing is announced or laid out twice.
 *
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
export const elements = (selector) => document.querySelectorAll(selector);

/**
 * Return the inputs that match what follows `input` in a selector.
 *
 * @param {string} selector
 * @returns {NodeListOf<HTMLInputElement>}
 */
export const inputs = (selector) => document.querySelectorAll(`input${selector}`);

/**
 * Wait for an event, but not for ever: some browsers forget to send it.
 *
 * @param {EventTarget} target
 * @param {string} type
 * @param {number} longest - milliseconds
 * @returns {Promise<void>}
 */
export function once(target, type, longest) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, longest);
    function done() {
      clearTimeout(timer);
      target.removeEventListener(type, done);
      resolve();
    }
    target.addEventListener(type, done);
  });
}
