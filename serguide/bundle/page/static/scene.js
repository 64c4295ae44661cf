/** The drawing of the part that plays, dim behind the words; drawings dissolve into one another. */

import { byId } from "./dom.js";

/** Milliseconds after which a drawing that went is taken away; its style fades it in less. */
const GONE = 4000;

export class Scene {
  /** @param {Pick<SessionData, "drawings" | "scenes">} data */
  constructor({ drawings, scenes }) {
    this.drawings = drawings;
    this.scenes = scenes;
    this.frame = byId("scene");
    this.shown = "";
  }

  /**
   * Show the drawing of a part, by its number; the same one stays as it is.
   *
   * @param {number} part
   */
  show(part) {
    const source = this.drawings[this.scenes[part] ?? -1] ?? "";
    if (source === this.shown) return;
    this.shown = source;
    for (const old of this.frame.children) {
      old.classList.add("going");
      setTimeout(() => old.remove(), GONE);
    }
    if (!source) return;
    const image = document.createElement("img");
    image.alt = "";
    image.src = source;
    this.frame.append(image);
  }
}
