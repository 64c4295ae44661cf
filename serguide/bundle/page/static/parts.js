/** Which part is playing, and the list to go to another. */

import { byId, write } from "./dom.js";
import { lastBefore } from "./numbers.js";

/** Seconds after which the way back leads to the beginning of the same part. */
const A_WHILE = 4;

/** Seconds by which a browser may be early where it was sent to the beginning of a part. */
const EARLY = 0.02;

/**
 * Return where the part before begins, or this one when it has been on for a while.
 *
 * @param {readonly Span[]} tracks
 * @param {number} at
 */
export function partBefore(tracks, at) {
  const index = lastBefore(tracks, at);
  const here = tracks[index];
  if (here && at - here.start > A_WHILE) return here.start;
  return tracks[index - 1]?.start ?? 0;
}

/**
 * Return where the next part begins, or null in the last.
 *
 * @param {readonly Span[]} tracks
 * @param {number} at
 */
export function partAfter(tracks, at) {
  return tracks[lastBefore(tracks, at) + 1]?.start ?? null;
}

export class Parts {
  /**
   * @param {SessionData} data
   * @param {import("./words.js").Words} words
   * @param {(at: number) => void} go - called with where a chosen part begins
   * @param {(part: Track) => void} changed
   */
  constructor(data, words, go, changed) {
    this.tracks = data.tracks;
    this.words = words;
    this.changed = changed;
    this.index = -1;
    this.links = [...byId("parts").querySelectorAll("a")]
      .filter((link) => link.dataset.at)
      .map((link) => ({ link, start: Number(link.dataset.at) / data.samplerate }));
    for (const { link, start } of this.links) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(start);
      });
    }
  }

  /** @param {number} at */
  before(at) {
    return partBefore(this.tracks, at);
  }

  /** @param {number} at */
  after(at) {
    return partAfter(this.tracks, at);
  }

  /** @param {number} at */
  draw(at) {
    const index = Math.max(0, lastBefore(this.tracks, at + EARLY));
    this.#mark(at + EARLY);
    const current = this.tracks[index];
    if (index === this.index || !current) return;
    this.index = index;
    write(byId("part-title"), current.title);
    byId("part-title").lang = current.language;
    const [n, total] = [index + 1, this.tracks.length];
    write(byId("part-number"), total > 1 ? ` · ${this.words.say("part", { n, total })}` : "");
    this.changed(current);
  }

  /** @param {number} at */
  #mark(at) {
    const here = lastBefore(this.links, at);
    this.links.forEach(({ link }, index) => {
      if (index === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}
