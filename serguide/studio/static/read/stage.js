/** What stands on the reading screen: the sentence, what was read, level, room and pace. */

import { fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";
import { CALM, paceOf } from "./meter.js";

/**
 * A sentence, and how it stands.
 *
 * @typedef {object} Line
 * @property {string} id
 * @property {string} text
 * @property {string} language
 * @property {{ title: string, n: number, of: number }} part - its place in its part
 * @property {number} characters
 * @property {number} words
 * @property {string} state - unread, coming, good, doubtful or refused
 * @property {string} why
 * @property {string} doubt - why, in words of the interface
 * @property {number} seconds
 * @property {number} readings
 */

const ABOVE = 3;
const PIECES = 26;
const CALM_CHARACTERS = (110 / 60) * 5.5;
const BETWEEN = 1.5;

/**
 * Return how many minutes the rest takes, read calmly.
 *
 * @param {Line[]} lines
 */
export function minutesLeft(lines) {
  const left = lines.filter(({ state }) => state === "unread" || state === "refused");
  const characters = left.reduce((sum, each) => sum + each.characters, 0);
  return left.length
    ? Math.max(1, Math.round((characters / CALM_CHARACTERS + BETWEEN * left.length) / 60))
    : 0;
}

/**
 * Return the row on top: how far it is, a mark a sentence, the time that is left.
 *
 * @param {Line[]} lines
 * @param {number} place
 */
export function head(lines, place) {
  const count = (/** @type {string} */ state) =>
    lines.filter((each) => each.state === state).length;
  const [good, doubtful] = [count("good") + count("coming"), count("doubtful")];
  const minutes = minutesLeft(lines);
  const { part } = lines[Math.min(place, lines.length - 1)] ?? {};
  const apart = part && part.of < lines.length;
  return [
    make(
      "p",
      {},
      say("of", { n: Math.min(place + 1, lines.length), of: lines.length }),
      apart ? make("span", { class: "of-part" }, say("of_part", part)) : null,
    ),
    make(
      "div",
      {
        class: "marks",
        role: "img",
        "aria-label": say("marks", { good, doubtful, left: lines.length - good - doubtful }),
      },
      lines.map(({ state, readings }, at) =>
        make("span", {
          class: ["mark", at === place ? "now" : state, readings > 1 ? "twice" : ""].join(" "),
        }),
      ),
    ),
    make("p", {}, minutes ? say("left_minutes", { n: minutes }) : ""),
  ];
}

/**
 * Return the rows of what was read just before.
 *
 * @param {Line[]} lines
 * @param {number} place
 * @param {{ again: (at: number) => void, keep: (at: number) => void }} on
 */
export function above(lines, place, on) {
  const first = Math.max(0, place - ABOVE);
  return lines.slice(first, place).map((line, index) => {
    const at = first + index;
    const { state, why, text, readings } = line;
    const doubtful = state === "doubtful";
    const sign = doubtful ? "question" : state === "good" ? (readings > 1 ? "again" : "check") : "";
    return make(
      "li",
      { class: `line ${state}` },
      make("span", { class: "sign" }, sign ? icon(sign) : null),
      make("span", { class: doubtful ? "said finding" : "said", lang: line.language }, text),
      make(
        "span",
        { class: "told" },
        told(line),
        doubtful || state === "refused"
          ? make(
              "button",
              { type: "button", class: "link", onclick: () => on.again(at) },
              say("read_again"),
            )
          : null,
        doubtful && why !== "nothing was heard" && why !== "too soft"
          ? make(
              "button",
              { type: "button", class: "link", onclick: () => on.keep(at) },
              say("keep_it"),
            )
          : null,
      ),
    );
  });
}

/**
 * Say how a sentence stands.
 *
 * @param {Line} line
 */
export function told({ state, why, doubt, readings }) {
  if (state === "doubtful") return doubt || why;
  if (state === "refused") return say("state_refused", { why });
  if (state === "good" && readings > 1) return say("state_again");
  return say(`state_${state}`);
}

/** Level, room and pace, drawn as often as they change. */
export function gauges() {
  const pieces = Array.from({ length: PIECES }, () => make("span", {}));
  const voice = make("strong", {});
  const room = make("strong", {});
  const pace = make("strong", {});
  const words = make("p", {});
  const needle = make("span", { class: "needle", hidden: true });
  const calm = make("span", { class: "calm" });
  const share = (/** @type {number} */ value) =>
    `${(100 * (value - CALM.least)) / (CALM.most - CALM.least)}%`;
  calm.style.left = share(CALM.from);
  calm.style.right = `calc(100% - ${share(CALM.to)})`;
  const level = make(
    "div",
    { class: "gauge level" },
    make("p", {}, make("span", {}, say("level")), voice),
    make("div", { class: "pieces", "aria-hidden": "true" }, pieces),
    make("p", {}, make("span", {}, say("room")), room),
  );
  const rate = make(
    "div",
    { class: "gauge rate" },
    make("p", {}, make("span", {}, say("pace")), pace),
    make("div", { class: "rail", "aria-hidden": "true" }, calm, needle),
    words,
  );
  return {
    level,
    rate,
    /** @param {{ level: number, voice: string, room: string }} report */
    show(report) {
      const lit = Math.round(report.level * PIECES);
      for (const [index, piece] of pieces.entries()) piece.classList.toggle("lit", index < lit);
      put(voice, report.voice ? say(`voice_${report.voice}`) : "");
      put(room, report.room ? say(`room_${report.room}`) : "");
    },
    /** @param {number} perMinute - words; 0 for what nobody knows */
    pace(perMinute) {
      needle.hidden = perMinute === 0;
      put(pace, perMinute ? say(`pace_${paceOf(perMinute)}`) : "");
      put(words, perMinute ? say("pace_words", { n: Math.round(perMinute) }) : "");
      needle.style.left = share(Math.min(CALM.most, Math.max(CALM.least, perMinute)));
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function put(element, text) {
  if (element.textContent !== text) fill(element, text);
}
