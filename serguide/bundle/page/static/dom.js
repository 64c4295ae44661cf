/** The few things that every part asks of the document. */

export const byId = (id) => document.getElementById(id);

export function show(element, shown) {
  if (element) element.hidden = !shown;
}

/** Change a text only when it changes, so that nothing is announced or laid out twice. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Wait for an event, but not for ever: some browsers forget to send it. */
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
