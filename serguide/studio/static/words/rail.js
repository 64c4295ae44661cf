/** Beside the sheet: chapters with their times, a new chapter, reading aloud. */

import { byId, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { refill } from "../common/refill.js";
import { clock, say } from "../common/words.js";
import { ChapterBlock } from "./between_blocks.js";
import { insert } from "./insert.js";

/** Pixels from the window's top within which a chapter is the one that is read. */
const TOP = 200;

/**
 * Draw the rail.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {string} name - of the part
 * @param {Record<string, number>} starts - seconds by cue
 */
export function drawRail(sheet, name, starts) {
  const chapters = sheet.blocks.filter((block) => block instanceof ChapterBlock);
  const here = current(sheet, chapters);
  refill(
    byId("rail"),
    make(
      "ul",
      {},
      chapters.map((block, index) => {
        const start = block.cue === null ? undefined : starts[String(block.cue)];
        return make(
          "li",
          {},
          make(
            "button",
            {
              type: "button",
              class: "quiet",
              "data-focus": `chapter-${index}`,
              "aria-current": block === here ? "true" : null,
              onclick: () => {
                block.element.scrollIntoView({ block: "start" });
                block.focus();
              },
            },
            make("span", {}, block.words || say("chapter")),
            start === undefined ? null : make("span", {}, clock(start)),
          ),
        );
      }),
    ),
    make(
      "button",
      {
        type: "button",
        class: "quiet add",
        "data-focus": "add-chapter",
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => insert(sheet, "chapter"),
      },
      icon("plus"),
      say("chapter"),
    ),
    make(
      "a",
      { class: "aloud", "data-focus": "aloud", href: `/read#${encodeURIComponent(name)}` },
      icon("microphone"),
      make("span", {}, say("read_aloud")),
    ),
  );
}

/**
 * Return the chapter that is written in, or the one at the top of the window.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {ChapterBlock[]} chapters
 */
function current(sheet, chapters) {
  const { here } = sheet;
  const at = here ? sheet.blocks.indexOf(here) : -1;
  const passed = chapters.filter((block) =>
    here ? sheet.blocks.indexOf(block) <= at : block.element.getBoundingClientRect().top < TOP,
  );
  return passed.at(-1) ?? chapters[0];
}
