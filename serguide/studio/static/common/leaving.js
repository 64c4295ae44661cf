/** Leaving a screen: what was changed on it is saved before the next one looks. */

/**
 * What may still be on its way. busy: it is; settled: resolves when it is there, or failed.
 *
 * @typedef {{ busy: () => boolean, settled: () => Promise<unknown> }} Work
 */

/** @type {Work[]} */
const works = [];

/** Milliseconds that a click waits; what is not there by then is asked about by the browser. */
const PATIENCE = 5000;

/**
 * Have leaving wait for something.
 *
 * @param {Work} work
 */
export function beforeLeaving(work) {
  works.push(work);
}

/**
 * Go to another screen when all is saved.
 *
 * @param {string} address
 */
export async function leave(address) {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const all = works.filter((work) => work.busy()).map((work) => work.settled());
  await Promise.race([Promise.allSettled(all), patience]);
  location.assign(address);
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.download) return;
  if (link.origin !== location.origin || !works.some((work) => work.busy())) return;
  event.preventDefault();
  void leave(link.href);
});
