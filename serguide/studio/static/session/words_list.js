/** The words of the part that is shown, each sentence to be heard from, with its silences. */

import { draw, fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";
import { litAt, watchLit } from "./lit.js";
import { goTo, pause, playing, playLine, position, watchPlaying } from "./listening.js";
import { partTools } from "./parts_list.js";
import { lineAt, parts, shownPart, shownPlace, watchPart } from "./place.js";
import { current, watch } from "./plan.js";
import { refill } from "../common/refill.js";

/** @typedef {import("./plan.js").Line} Line */
/** @typedef {import("./plan.js").Part} Part */

/** @type {HTMLElement} */
let list;
/** @type {HTMLElement} */
let link;
/** @type {HTMLElement} */
let heading;
/** @type {HTMLElement} */
let tools;

/** Return the section of the words. */
export function wordsSection() {
  list = make("ol", { class: "lines", tabindex: "0", "aria-label": say("words") });
  link = make(
    "a",
    { class: "change-words" },
    icon("pencil"),
    make("span", {}, say("change_words")),
  );
  heading = make("h2", { class: "plain muted" });
  tools = make("div", { class: "narrow-tools" });
  watch(render);
  watchPart(render);
  watchLit(render);
  watchPlaying(follow);
  return make(
    "section",
    { class: "words-of", "aria-label": say("words") },
    make("div", { class: "words-head" }, heading, tools, link),
    list,
  );
}

/** Of the shown part, so that a render that changes nothing leaves the list alone. */
let shown = "";
let headed = "";

function render() {
  const part = shownPart();
  if (!part) return;
  const href = `/words#${encodeURIComponent(part.step)}`;
  if (link.getAttribute("href") !== href) link.setAttribute("href", href);
  const head = JSON.stringify([part.title, shownPlace(), parts().length]);
  if (head !== headed) {
    headed = head;
    const names = [
      make("span", { class: "wide-only" }, say("words")),
      make("span", { class: "narrow-only" }, part.title),
    ];
    fill(heading, names);
    refill(tools, partTools(part, shownPlace(), "words"));
  }
  const marks = part.lines.map((line) => litAt(part, line.at)?.lit);
  const next = JSON.stringify([shownPlace(), part.step, part.lines, marks]);
  if (next !== shown) {
    shown = next;
    heardLine = -1;
    refill(
      list,
      part.lines.map((line, index) => row(part, line, index)),
    );
  }
  follow();
}

/**
 * @param {Part} part
 * @param {Line} line
 * @param {number} index
 */
function row(part, line, index) {
  if (line.kind === "say") return sentence(part, line, index);
  // The drawing names the chapters; in between the words they would look spoken.
  if (line.kind === "chapter") return null;
  return make(
    "li",
    { class: `line silence muted ${line.kind}` },
    make("span", {}, told(line)),
    line.kind === "breaths"
      ? draw(
          "svg",
          { viewBox: "0 0 22 12", class: "wave", "aria-hidden": "true" },
          draw("path", { d: "M1 10C5 10 5 2 9 2S13 10 16 10 19 6 21 6" }),
        )
      : make("span", { class: "dots", "aria-hidden": "true" }),
  );
}

/**
 * @param {Part} part
 * @param {Line} line
 * @param {number} index
 */
function sentence(part, line, index) {
  const mark = litAt(part, line.at);
  return make(
    "li",
    { class: mark?.lit ? "line say lit" : "line say", "data-line": index },
    make(
      "button",
      {
        type: "button",
        class: "hear quiet round",
        "data-focus": `line-${index}`,
        "aria-label": say("hear_from", { text: line.text }),
        onclick: () => (heardLine === index && playing() ? pause() : playLine(shownPlace(), index)),
      },
      icon("play"),
    ),
    make("span", { class: mark ? "serif finding" : "serif" }, line.text),
  );
}

/** @param {Line} line */
function told(line) {
  if (line.kind === "rest") return say("rest_of", { n: Math.round(line.seconds) });
  if (line.kind === "pause") return say("pause_of", { n: Math.round(line.seconds) });
  if (line.kind === "sound") {
    const name = SOUNDS.has(line.text) ? say(`sound_of_${line.text}`) : line.text;
    return say("sound_of", { name });
  }
  const phases = line.phases.map(([phase, seconds]) => say(`phase_${phase}`, { n: seconds }));
  return say("breaths_of", { n: line.cycles, phases: phases.join(say("and")) });
}

/** Sounds that come along; one's own has the name of its file. */
const SOUNDS = new Set(["bowl", "bell", "woodblock", "chime"]);

let heardLine = -1;
let frame = 0;

/** Light the sentence that is heard, and keep it in the upper third. */
function follow() {
  const part = shownPart();
  if (!part || !current()) return;
  const now = position() - part.start;
  const there = now >= 0 && now < part.frames;
  const next = there && (playing() || now > 0) ? sentenceAt(part, now) : -1;
  if (next !== heardLine) {
    list.querySelector(".heard")?.classList.remove("heard");
    heardLine = next;
    const element = list.querySelector(`[data-line="${next}"]`);
    element?.classList.add("heard");
    if (element instanceof HTMLElement && playing()) bringUp(element);
  }
  list.classList.toggle("going", playing());
  if (playing() && !frame) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      follow();
    });
  }
}

/**
 * @param {Part} part
 * @param {number} sample
 */
function sentenceAt(part, sample) {
  let index = lineAt(part, sample);
  while (index >= 0 && part.lines[index]?.kind !== "say") index -= 1;
  return index;
}

/** @param {HTMLElement} element */
function bringUp(element) {
  if (list.scrollHeight <= list.clientHeight + 4) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  list.scrollTo({ top: element.offsetTop - list.clientHeight * 0.28, behavior: calm });
}

/**
 * Go to the sentence before or after the one that is heard.
 *
 * @param {number} by
 */
export function stepSentence(by) {
  const part = shownPart();
  if (!part) return;
  const now = Math.max(0, position() - part.start);
  let index = sentenceAt(part, now) + by;
  while (part.lines[index] && part.lines[index]?.kind !== "say") index += by;
  const line = part.lines[index];
  if (!line) return;
  if (playing()) playLine(shownPlace(), index);
  else goTo(part.start + line.at);
}
