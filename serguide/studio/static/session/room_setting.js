/** The way back to the room, which stands beside the session. */

import { fill, make } from "../common/dom.js";
import { say } from "../common/words.js";
import { change, current, watch } from "./plan.js";

/** @type {HTMLSelectElement} */
let select;
/** @type {{ name: string, title: string }[]} */
let choices = [];

/** Return the choice. */
export function roomSetting() {
  select = make("select", {
    "aria-labelledby": "room-label",
    "aria-describedby": "room-hint",
    onchange: () => change({ kind: "ground", name: select.value }),
  });
  watch(render);
  return make(
    "section",
    { class: "room come-back" },
    make("h2", { class: "plain", id: "room-label" }, say("come_back")),
    make("p", { class: "small", id: "room-hint" }, say("come_back_hint")),
    select,
  );
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
