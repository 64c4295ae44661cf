/** What the client hears, drawn: the part with its playhead, the words of now, and the whole. */

import { draw, fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { clock, say } from "../common/words.js";
import { sketch } from "./drawing.js";
import {
  goTo,
  groundWords,
  playing,
  playingGround,
  position,
  skip,
  toggle,
  waitingFor,
  watchPlaying,
} from "./listening.js";
import { watchLit } from "./lit.js";
import { lineAt, parts, placeAt, shownPart, shownPlace, watchPart } from "./place.js";
import { current, watch } from "./plan.js";

/** @typedef {import("./plan.js").Part} Part */

const WIDTH = 1000;
const BARS = 56;

/** Seconds that keys go on the sliders. @type {Record<string, number>} */
const STEPS = {
  ArrowLeft: -5,
  ArrowDown: -5,
  ArrowRight: 5,
  ArrowUp: 5,
  PageDown: -30,
  PageUp: 30,
};

/** @type {Record<string, HTMLElement>} */
const pieces = {};
/** @type {SVGElement} */
let head;
/** @type {SVGElement[]} */
let bars = [];
/** @type {SVGElement} */
let picture;
/** @type {SVGElement} */
let whole;

/** Return the window. */
export function evening() {
  pieces.where = make("p", { class: "where muted" });
  pieces.caption = make("p", { class: "caption serif" });
  pieces.lane = make("div", {
    class: "lane",
    role: "slider",
    tabindex: "0",
    "aria-valuemin": "0",
    onkeydown: steer,
    onclick: (/** @type {MouseEvent} */ event) => {
      const part = shownPart();
      if (part) goTo(part.start + Math.round(share(event, picture) * part.frames));
    },
  });
  pieces.chapters = make("div", { class: "chapters muted", "aria-hidden": "true" });
  pieces.ticks = make("div", { class: "ticks muted", "aria-hidden": "true" });
  pieces.play = make("button", {
    type: "button",
    class: "play",
    "aria-label": say("play"),
    onclick: toggle,
  });
  pieces.bars = make("div", {
    class: "bars",
    role: "slider",
    tabindex: "0",
    "aria-label": say("whole_of"),
    "aria-valuemin": "0",
    onkeydown: steer,
    onclick: (/** @type {MouseEvent} */ event) =>
      goTo(Math.round(share(event, whole) * (current()?.frames ?? 0))),
  });
  pieces.now = make("span", { class: "now" });
  pieces.left = make("span", { class: "left" });
  watch(render);
  watchPart(render);
  watchLit(render);
  watchPlaying(update);
  return make(
    "section",
    { class: "window evening", "aria-label": say("play") },
    make("div", { class: "evening-head" }, pieces.where, legend()),
    pieces.caption,
    make("div", { class: "drawing" }, pieces.chapters, pieces.lane, pieces.ticks),
    make(
      "div",
      { class: "transport" },
      pieces.play,
      make(
        "div",
        { class: "whole" },
        pieces.bars,
        make("div", { class: "clock muted" }, pieces.now, pieces.left),
      ),
    ),
  );
}

function legend() {
  const kinds = ["speech", "rest", "breath", "sound"];
  return make(
    "ul",
    { class: "legend muted" },
    kinds.map((kind) =>
      make("li", {}, make("span", { class: `key ${kind}`, "aria-hidden": "true" }), say(kind)),
    ),
  );
}

/**
 * @param {MouseEvent} event
 * @param {Element} element
 */
function share(event, element) {
  const box = element.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
}

/** @param {KeyboardEvent} event */
function steer(event) {
  const seconds = STEPS[event.key];
  if (seconds === undefined || event.altKey || event.shiftKey || event.ctrlKey) return;
  event.preventDefault();
  skip(seconds);
}

function render() {
  const [plan, part] = [current(), shownPart()];
  if (!plan || !part) return;
  const place = shownPlace();
  const values = { title: part.title, place: place + 1, count: parts().length };
  fill(of("where"), say("part_of", values));
  const drawn = sketch(part, WIDTH);
  picture = drawn.picture;
  head = drawn.head;
  fill(of("lane"), picture);
  of("lane").setAttribute("aria-label", say("drawing_of", { title: part.title }));
  fill(of("chapters"), chapters(part));
  fill(of("ticks"), ticks(part, plan.rate));
  drawWhole(plan);
  update();
}

/** @param {Part} part */
function chapters(part) {
  const all = part.drawing.chapters;
  if (all.length < 2) return [];
  let free = 0;
  return all.map((/** @type {[number, string]} */ [at, title]) => {
    const left = (at / part.frames) * 100;
    const room = left >= free;
    if (room) free = left + title.length * 1.35 + 1;
    const label = make("span", { class: room ? "" : "crowded" }, room ? title : "");
    // The last one ends with the drawing, where it would not fit in behind its line.
    if (left + title.length * 1.35 > 100) label.style.right = "0";
    else label.style.left = `${left}%`;
    return label;
  });
}

/**
 * @param {Part} part
 * @param {number} rate
 */
function ticks(part, rate) {
  const seconds = part.frames / rate;
  const start = part.start / rate;
  const step = [10, 30, 60, 120, 300, 600].find((each) => seconds / each <= 7) ?? 900;
  const found = [];
  for (let at = Math.ceil(start / step) * step; at < start + seconds; at += step) {
    const left = ((at - start) / seconds) * 100;
    if (left < 3 || left > 97) continue;
    const label = make("span", {}, clock(at));
    label.style.left = `${left}%`;
    found.push(label);
  }
  return found;
}

/** @param {any} plan */
function drawWhole(plan) {
  const width = WIDTH / plan.bars.length;
  bars = plan.bars.map((/** @type {number} */ height, /** @type {number} */ index) =>
    draw("rect", {
      x: index * width + width * 0.2,
      y: (BARS - 12) / 2 - (height * (BARS - 16)) / 2,
      width: width * 0.55,
      height: Math.max(3, height * (BARS - 16)),
      rx: 2,
    }),
  );
  const marks = plan.parts.slice(1).map((/** @type {Part} */ part) =>
    draw("rect", {
      class: "mark",
      x: (part.start / plan.frames) * WIDTH,
      y: BARS - 9,
      width: 2,
      height: 8,
    }),
  );
  whole = draw(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${BARS}`,
      preserveAspectRatio: "none",
      class: "whole-bars",
      "aria-hidden": "true",
    },
    bars,
    marks,
  );
  fill(of("bars"), whole);
}

let captioned = "";
let frame = 0;

/** Show where one is; while it plays, at every frame of the screen. */
function update() {
  const plan = current();
  if (!plan || !head) return;
  const waiting = waitingFor();
  const now = position();
  const place = placeAt(now);
  const [heard, part] = [parts()[place], shownPart()];
  if (!part || !heard) return;
  const inside = now - part.start;
  const there = inside >= 0 && inside <= part.frames;
  head.setAttribute("visibility", there ? "visible" : "hidden");
  head.setAttribute("transform", `translate(${(inside / part.frames) * WIDTH} 0)`);
  const done = (now / plan.frames) * bars.length;
  bars.forEach((bar, index) => bar.classList.toggle("heard", index < done));
  const seconds = now / plan.rate;
  const left = Math.ceil((plan.frames - now) / plan.rate / 60);
  text("now", clock(seconds));
  text("left", say("minutes_left", { n: left }));
  const caption = waiting
    ? say("speaking", waiting)
    : groundWords() || spokenAt(heard, now - heard.start);
  if (caption !== captioned) {
    captioned = caption;
    text("caption", caption);
  }
  slider("lane", Math.max(0, inside) / plan.rate, part.frames / plan.rate);
  slider("bars", seconds, plan.frames / plan.rate);
  button();
  if ((playing() || playingGround()) && !frame) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      update();
    });
  }
}

let shownState = "";

function button() {
  const state = playing() ? "pause" : "play";
  if (state === shownState) return;
  shownState = state;
  const pause = draw(
    "svg",
    { viewBox: "0 0 24 24", class: "icon filled", "aria-hidden": "true" },
    draw("path", { d: "M7.5 5h3v14h-3zM13.5 5h3v14h-3z" }),
  );
  fill(of("play"), state === "pause" ? pause : icon("play"));
  of("play").setAttribute("aria-label", say(state));
}

/**
 * Return the sentence at a sample: it stays until the next one begins.
 *
 * @param {Part} part
 * @param {number} sample
 */
function spokenAt(part, sample) {
  for (let index = lineAt(part, sample); index >= 0; index -= 1) {
    const line = part.lines[index];
    if (line?.kind === "say") return line.text;
  }
  return part.lines.find((line) => line.kind === "say")?.text ?? "";
}

/**
 * @param {string} name
 * @param {number} seconds
 * @param {number} all
 */
function slider(name, seconds, all) {
  const element = of(name);
  const value = String(Math.round(seconds));
  if (element.getAttribute("aria-valuenow") === value) return;
  element.setAttribute("aria-valuemax", String(Math.round(all)));
  element.setAttribute("aria-valuenow", value);
  element.setAttribute("aria-valuetext", say("at_of", { at: clock(seconds), all: clock(all) }));
}

/**
 * @param {string} name
 * @param {string} words
 */
function text(name, words) {
  const element = of(name);
  if (element.textContent !== words) element.textContent = words;
}

/** @param {string} name */
function of(name) {
  return /** @type {HTMLElement} */ (pieces[name]);
}
