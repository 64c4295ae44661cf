/** One thing to do per screen; screens dissolve into one another. */

import { byId } from "./dom.js";

export class Views {
  constructor() {
    this.sections = new Map();
    for (const section of document.querySelectorAll("[data-view]")) {
      const names = section.dataset.view.split(" ");
      for (const name of names) {
        this.sections.set(name, [...(this.sections.get(name) ?? []), section]);
      }
    }
    this.name = "";
    this.trail = [];
    this.listeners = [];
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  /**
   * Show a screen; a reader's focus goes to its heading. aside: one that leads back here; at: the
   * id of another heading in it.
   */
  show(name, { aside = false, focus = true, at = null } = {}) {
    if (name === this.name) return;
    this.trail = aside ? [...this.trail, this.name] : [];
    this.#swap(name, focus, at);
  }

  back() {
    this.#swap(this.trail.pop() ?? "before", true);
  }

  #swap(name, focus, at = null) {
    for (const section of document.querySelectorAll("[data-view]")) {
      section.hidden = !section.dataset.view.split(" ").includes(name);
    }
    this.name = name;
    document.body.dataset.screen = name;
    scrollTo(0, 0);
    if (focus) {
      const head = at ? byId(at) : this.sections.get(name)[0].querySelector("[data-head]");
      head?.focus({ preventScroll: true });
      if (at) head.scrollIntoView();
    }
    for (const listener of this.listeners) listener(name);
  }
}
