/** Which part is playing, and the list to go to another. */

import { lastBefore } from "./data.js";
import { byId, write } from "./dom.js";

export class Parts {
  /** go: called with the seconds that a chosen part begins at. */
  constructor(data, words, go, changed) {
    this.tracks = data.tracks;
    this.words = words;
    this.changed = changed;
    this.index = -1;
    this.links = [...byId("parts").querySelectorAll("a[data-at]")].map((link) => (
      { link, start: Number(link.dataset.at) / data.samplerate }
    ));
    for (const { link, start } of this.links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(start);
      });
    }
  }

  get current() {
    return this.tracks[Math.max(0, this.index)];
  }

  /** Return where the part before begins, or this one when it has been on for a while. */
  before(at) {
    const here = this.tracks[Math.max(0, lastBefore(this.tracks, at))];
    if (at - here.start > 4) return here.start;
    return this.tracks[Math.max(0, lastBefore(this.tracks, at) - 1)].start;
  }

  /** Return where the next part begins, or null in the last. */
  after(at) {
    return this.tracks[lastBefore(this.tracks, at) + 1]?.start ?? null;
  }

  draw(at) {
    const index = Math.max(0, lastBefore(this.tracks, at + 0.02));
    this.#mark(at + 0.02);
    if (index === this.index) return;
    this.index = index;
    write(byId("part-title"), this.current.title);
    byId("part-title").lang = this.current.language;
    const [n, total] = [index + 1, this.tracks.length];
    write(byId("part-number"), total > 1 ? ` · ${this.words.say("part", { n, total })}` : "");
    this.changed(this.current);
  }

  #mark(at) {
    const here = lastBefore(this.links, at);
    this.links.forEach(({ link }, index) => {
      if (index === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
