/** One thing to do per screen; screens dissolve into one another, and Back goes one back. */

import { elements } from "./dom.js";

const START = "before";

/** @param {HTMLElement} section */
const names = (section) => (section.dataset.view ?? "").split(" ");

/**
 * How a screen is shown; aside: one that leads back here; focus: whether a reader's focus goes
 * to its heading; at: the id of another heading in it.
 *
 * @typedef {{ aside?: boolean, focus?: boolean, at?: string | undefined }} ViewOptions
 */

export class Views {
  /** @param {() => boolean} sounding - whether leaving the page would cut a sound */
  constructor(sounding) {
    this.name = "";
    this.sounding = sounding;
    /** @type {string[]} */
    this.trail = [];
    /** @type {((name: string) => void)[]} */
    this.listeners = [];
    this.steps = stepsOf(history.state);
    addEventListener("popstate", (event) => this.#popped(event.state));
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
    // The page's own beginning is no step; each screen after it is one that Back takes back.
    if (this.name) this.#step();
    this.#swap(name, focus, at);
  }

  back() {
    this.#swap(this.trail.pop() ?? START, true);
  }

  /**
   * The browser's Back: one screen back; never away from a sound that is heard.
   *
   * @param {unknown} state
   */
  #popped(state) {
    const before = this.steps;
    this.steps = stepsOf(state);
    if (this.steps > before) return;
    if (this.trail.length) this.back();
    else if (this.sounding()) {
      if (!this.steps) this.#step();
    } else if (this.name !== START) this.#swap(START, true);
    // Entries of screens that were left by a button lead nowhere: go on to where one came from.
    else history.go(-(this.steps + 1));
  }

  #step() {
    try {
      history.pushState({ step: this.steps + 1 }, "");
      this.steps += 1;
    } catch {
      // Some local pages may not: there Back leaves the page, as it does everywhere.
    }
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
    document.querySelector("main")?.scrollTo(0, 0);
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

/** @param {any} state */
function stepsOf(state) {
  return Number(state?.step) || 0;
}
