/** A list to pick from with a field above it, which finds titles and words as the shelf's does. */

import { make } from "../common/dom.js";
import { send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";

/** Milliseconds of quiet in the field before it is looked for. */
const QUIET = 150;

export class Picking {
  /**
   * @param {[string, HTMLElement][]} rows - each with the name of its session or part
   * @param {HTMLElement} list - what they are put into
   */
  constructor(rows, list) {
    this.rows = rows;
    this.list = list;
    list.append(...rows.map(([, row]) => row));
    this.input = make("input", {
      type: "search",
      "aria-label": say("find"),
      placeholder: say("find"),
      autocomplete: "off",
      maxlength: "200",
      // One Tab from the first to pick; on a phone its keyboard would cover what there is.
      autofocus: matchMedia("(hover: hover)").matches,
    });
    this.field = make("label", { class: "find" }, icon("search"), this.input);
    this.none = make("p", { class: "muted none", role: "status" });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), QUIET);
    });
    this.input.addEventListener("keydown", (event) => {
      // Enter looks; it does not make what happens to be picked.
      if (event.key === "Enter") event.preventDefault();
    });
  }

  async look() {
    const words = this.input.value.trim();
    /** @type {Set<string> | null} */
    let found = null;
    if (words) {
      const answer = await send("POST", "/api/shelf/search", { words }).catch(() => null);
      if (!answer || words !== this.input.value.trim()) return;
      found = new Set(answer.found.map((/** @type {{ name: string }} */ each) => each.name));
    }
    let shown = 0;
    for (const [name, row] of this.rows) {
      row.hidden = found !== null && !found.has(name);
      shown += Number(!row.hidden);
    }
    this.none.textContent = shown ? "" : say("found_none", { words });
  }
}
