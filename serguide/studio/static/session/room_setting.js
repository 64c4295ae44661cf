/** The way back to the room, which stands beside the session. */

import { fill, make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";
import { playingGround, toggleGround, watchPlaying } from "./listening.js";
import { change, current, watch } from "./plan.js";

/** @type {HTMLSelectElement} */
let select;
/** @type {HTMLElement} */
let hear;
/** @type {{ name: string, title: string }[]} */
let choices = [];

/** Return the choice. */
export function roomSetting() {
  select = make("select", {
    "aria-labelledby": "room-label",
    "aria-describedby": "room-hint",
    onchange: () => change({ kind: "ground", name: select.value }),
  });
  hear = make("button", { type: "button", class: "quiet hear-room", onclick: toggleGround });
  watch(render);
  watchPlaying(showHearing);
  showHearing();
  return make(
    "section",
    { class: "room come-back" },
    make("h2", { class: "plain", id: "room-label" }, say("come_back")),
    make("p", { class: "small", id: "room-hint" }, say("come_back_hint")),
    make("div", { class: "choose-room" }, select, hear),
  );
}

function showHearing() {
  const on = playingGround();
  const words = `${say(on ? "pause" : "hear_it")}: ${say("come_back")}`;
  if (hear.getAttribute("aria-label") === words) return;
  hear.setAttribute("aria-label", words);
  fill(hear, icon(on ? "pause" : "play"));
}

/**
 * Take what can be chosen.
 *
 * @param {any} found
 */
export function takeRooms(found) {
  choices = found?.grounds ?? [];
  render();
}

function render() {
  const plan = current();
  if (!plan) return;
  const { ground } = plan;
  const length = say("minutes_long", {
    n: Math.max(1, Math.round(ground.frames / plan.rate / 60)),
  });
  const key = JSON.stringify([choices, ground.step, length]);
  if (select.dataset.key === key) return;
  select.dataset.key = key;
  const others = choices.filter(({ name }) => name !== ground.step);
  fill(
    select,
    make(
      "option",
      { value: ground.step },
      say("come_back_choice", { title: ground.title, length }),
    ),
    others.map(({ name, title }) => make("option", { value: name }, title)),
  );
  select.value = ground.step;
}
