/** One thing to do per screen; screens dissolve into one another. */

import { elements } from "./dom.js";

/** @param {HTMLElement} section */
const names = (section) => (section.dataset.view ?? "").split(" ");

/**
 * How a screen is shown; aside: one that leads back here; focus: whether a reader's focus goes
 * to its heading; at: the id of another heading in it.
 *
 * @typedef {{ aside?: boolean, focus?: boolean, at?: string | undefined }} ViewOptions
 */

export class Views {
  constructor() {
    this.name = "";
    /** @type {string[]} */
    this.trail = [];
    /** @type {((name: string) => void)[]} */
    this.listeners = [];
  }

  /** @param {(name: string) => void} listener */
  onChange(listener) {
    this.listeners.push(listener);
  }

  /**
   * @param {string} name
   * @param {ViewOptions} [options]
   */
  show(name, { aside = false, focus = true, at } = {}) {
    if (name === this.name) return;
    this.trail = aside ? [...this.trail, this.name] : [];
    this.#swap(name, focus, at);
  }

  back() {
    this.#swap(this.trail.pop() ?? "before", true);
  }

  /**
   * @param {string} name
   * @param {boolean} focus
   * @param {string} [at]
   */
  #swap(name, focus, at) {
    const all = [...elements("[data-view]")];
    for (const section of all) section.hidden = !names(section).includes(name);
    this.name = name;
    document.body.dataset.screen = name;
    scrollTo(0, 0);
    if (focus) {
      const first = all.find((section) => !section.hidden);
      /** @type {HTMLElement | null | undefined} */
      const head = at ? document.getElementById(at) : first?.querySelector("[data-head]");
      head?.focus({ preventScroll: true });
      if (at) head?.scrollIntoView();
    }
    for (const listener of this.listeners) listener(name);
  }
}
