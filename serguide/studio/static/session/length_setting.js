/** The session's length: a slider whose dotted rail is shorter than its words can be. */

import { fill, make } from "../common/dom.js";
import { say } from "../common/words.js";
import { choosePart } from "./part_chooser.js";
import { change, current, known, tryLength, watch } from "./plan.js";

const STEP = 30;
const APART = 30; // seconds by which a length may be missed without a word
const NEAR = 25; // seconds within which “as written” draws the thumb

/** @type {HTMLInputElement} */
let slider;
/** @type {HTMLElement} */
let shown;
/** @type {HTMLElement} */
let rail;
/** @type {HTMLElement} */
let scale;
/** @type {HTMLElement} */
let told;
let dragging = false;

/** Return the setting. */
export function lengthSetting() {
  shown = make("output", { for: "length" });
  slider = make("input", {
    type: "range",
    id: "length",
    step: STEP,
    "aria-labelledby": "length-label",
    oninput: tried,
    onchange: settled,
  });
  rail = make("div", { class: "rail", "aria-hidden": "true" });
  scale = make("div", { class: "scale muted", "aria-hidden": "true" });
  told = make("p", { class: "muted small", "aria-live": "polite" });
  watch(render);
  return make(
    "section",
    { class: "setting length" },
    make(
      "div",
      { class: "setting-head" },
      make("h2", { class: "plain strong", id: "length-label" }, say("length")),
      shown,
    ),
    make("div", { class: "ranged" }, rail, slider),
    scale,
    told,
  );
}

/** The bounds that were known last: they come a moment after the plan. */
function bounds() {
  const natural = current()?.length.natural ?? 600;
  const range = known()?.range ?? { shortest: natural * 0.85, natural, longest: natural * 1.25 };
  // With all its optional parts left out.
  const shortest = Math.min(range.shortest, range.without ?? range.shortest);
  const least = Math.max(60, Math.floor((shortest * 0.8) / 60) * 60);
  const most = Math.ceil(Math.min(range.longest, range.natural * 2) / 60) * 60;
  return { ...range, shortest, least, most: Math.max(most, least + 120) };
}

function wanted() {
  const range = bounds();
  const value = Number(slider.value);
  return Math.abs(value - range.natural) <= NEAR ? null : value;
}

function tried() {
  dragging = true;
  const value = wanted() ?? bounds().natural;
  paint(value);
  tryLength(Math.max(value, floor()));
}

/** The shortest that can be saved. */
function floor() {
  return Math.ceil(bounds().shortest);
}

async function settled() {
  dragging = false;
  const value = wanted();
  await change({ kind: "length", seconds: value === null ? null : Math.max(value, floor()) });
  render();
}

function render() {
  const plan = current();
  if (!plan || dragging) {
    if (plan) tell();
    return;
  }
  const range = bounds();
  slider.min = String(range.least);
  slider.max = String(range.most);
  slider.value = String(plan.length.got);
  paint(plan.length.got);
  tell();
}

/** @param {number} seconds */
function paint(seconds) {
  const range = bounds();
  const at = (/** @type {number} */ value) =>
    Math.min(100, Math.max(0, ((value - range.least) / (range.most - range.least)) * 100));
  const dotted = make("span", { class: "dotted" });
  const filled = make("span", { class: "filled" });
  const written = make("span", { class: "written" });
  dotted.style.width = `${at(range.shortest)}%`;
  filled.style.left = `${at(range.shortest)}%`;
  filled.style.width = `${Math.max(0, at(seconds) - at(range.shortest))}%`;
  written.style.left = `${at(range.natural)}%`;
  fill(rail, dotted, filled, written);
  const label = make("span", { class: "as-written" }, say("as_written"));
  label.style.left = `${Math.min(82, Math.max(18, at(range.natural)))}%`;
  fill(
    scale,
    make("span", {}, String(Math.round(range.least / 60))),
    label,
    make("span", {}, String(Math.round(range.most / 60))),
  );
  const words = missed() && !dragging ? missedBy() : minutes(seconds);
  if (shown.textContent !== words) shown.textContent = words;
  slider.setAttribute("aria-valuetext", words);
}

/** @param {number} seconds */
function minutes(seconds) {
  const half = Math.round(seconds / 30) / 2;
  return say("minutes_long", { n: seconds >= 600 ? Math.round(half * 2) / 2 : half });
}

/** Say what the length does to rests and breaths, and that it cannot be shorter. */
function tell() {
  const plan = current();
  const range = bounds();
  const { rests, breaths, asked } = plan.length;
  if (known() && Number(slider.value) < range.shortest - STEP) {
    delete told.dataset.key;
    const out = make(
      "button",
      { type: "button", class: "link", onclick: goToParts },
      say("leave_part_out"),
    );
    fill(told, say("shortest", { length: minutes(range.shortest) }), " ", out);
    return;
  }
  if (missed() && !dragging) {
    tellMissed();
    return;
  }
  delete told.dataset.key;
  const factor = Math.round(rests * 100) / 100;
  const words =
    asked === null || (factor === 1 && !breaths)
      ? say("rests_as_written")
      : breaths < 0
        ? say("rests_and_fewer", { factor, n: -breaths })
        : breaths > 0
          ? say("rests_and_more", { factor, n: breaths })
          : say("rests_times", { factor });
  if (told.textContent !== words) fill(told, words);
}

/** Tell whether the session is longer or shorter than it was asked to be. */
function missed() {
  const { asked, got } = current()?.length ?? {};
  return asked !== null && asked !== undefined && Math.abs(got - asked) > APART;
}

/** Say both lengths: “22 of 20 minutes”. */
function missedBy() {
  const { asked, got } = current().length;
  const half = (/** @type {number} */ seconds) => Math.round(seconds / 30) / 2;
  return say("minutes_of", { got: half(got), n: half(asked) });
}

/** Say what could be done about it. */
function tellMissed() {
  const { asked, got } = current().length;
  const over = got > asked;
  // What can be had, in whole minutes, on the side where it can.
  const can = (over ? Math.ceil((got - 1) / 60) : Math.floor((got + 1) / 60)) * 60;
  const key = JSON.stringify([asked, got]);
  if (told.dataset.key === key) return;
  told.dataset.key = key;
  fill(
    told,
    make("strong", { class: "rose" }, say(over ? "least" : "most", { length: minutes(got) })),
    make(
      "span",
      { class: "doing" },
      doing(say(over ? "leave_out_part" : "add_a_part"), over ? goToParts : choosePart),
      doing(say("or_choose", { length: minutes(can) }), () =>
        change({ kind: "length", seconds: can }),
      ),
    ),
  );
}

/**
 * @param {string} words
 * @param {() => unknown} run
 */
function doing(words, run) {
  return make("button", { type: "button", class: "link inline", onclick: run }, words);
}

/** Show where a part is left out, to whoever came there with a mouse, too. */
function goToParts() {
  const seen = [...document.querySelectorAll('[data-focus^="leave-"]')].find(
    (leave) => leave instanceof HTMLElement && leave.offsetParent,
  );
  if (!(seen instanceof HTMLElement)) return;
  seen.focus();
  seen.scrollIntoView({ block: "nearest" });
  seen.classList.add("pointed");
  seen.addEventListener("blur", () => seen.classList.remove("pointed"), { once: true });
}
