/** For whom it is: the values of the session, each with how often it is spoken, and where. */

import { make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";
import { playLine } from "./listening.js";
import { parts } from "./place.js";
import { change, current, known, watch } from "./plan.js";
import { refill } from "../common/refill.js";

/** @type {HTMLElement} */
let box;
/** @type {Map<string, number>} */
const next = new Map();

/** Return the setting. */
export function whomSetting() {
  box = make("div", { class: "values" });
  watch(render);
  return make(
    "section",
    { class: "setting whom" },
    make("h2", { class: "plain strong", id: "whom-label" }, say("whom")),
    box,
  );
}

/** Of what is shown: what is drawn anew under a finger loses the click. */
let shown = "";

function render() {
  const plan = current();
  if (!plan) return;
  const values = known()?.values ?? [{ key: "name", text: plan.made_for, uses: [], default: "" }];
  // What no sentence says would be a riddle here; the name stands on the client's page, too.
  const heard = values.filter(
    (/** @type {any} */ each) => each.key === "name" || !known() || each.uses.length,
  );
  const now = JSON.stringify([heard, Boolean(known())]);
  if (now === shown) return;
  shown = now;
  refill(box, heard.map(row));
}

/** @param {any} value */
function row(value) {
  const label = labelOf(value.key);
  const input = make("input", {
    type: "text",
    class: value.key === "name" ? "serif" : "",
    value: value.text,
    "aria-label": label,
    autocomplete: "off",
    placeholder: value.set ? "" : value.default,
    "data-focus": `value-${value.key}`,
    onchange: () => change({ kind: "value", key: value.key, text: input.value }),
  });
  return make(
    "div",
    { class: "value" },
    value.key !== "name" && make("span", { class: "muted small label" }, label),
    input,
    make(
      "div",
      { class: "muted small stays" },
      value.key === "name" && icon("house"),
      make("p", {}, value.key === "name" ? `${say("stays_here")} ` : "", uses(value, label)),
    ),
  );
}

/** Values that ready-made parts have, by a name that says what they are. */
const LABELS = ["place", "day", "notice"];

/** @param {string} key */
function labelOf(key) {
  if (key === "name") return say("name");
  return LABELS.includes(key) ? say(`value_${key}`) : key.replaceAll("_", " ");
}

/**
 * @param {any} value
 * @param {string} label
 */
function uses(value, label) {
  const n = value.uses.length;
  if (!known()) return "";
  if (!n) return say(value.key === "name" ? "name_never" : "spoken_never");
  const words = n === 1 ? say("spoken_once") : n === 2 ? say("spoken_twice") : "";
  const spoken = words || say("spoken_times", { n });
  return make(
    "button",
    {
      type: "button",
      class: "link inline",
      "data-focus": `uses-${value.key}`,
      "aria-label": `${label}. ${say("spoken_hear", { spoken })}`,
      onclick: () => hear(value),
    },
    `${spoken}.`,
  );
}

/**
 * Play the next sentence in which a value is spoken.
 *
 * @param {any} value
 */
function hear(value) {
  const turn = (next.get(value.key) ?? 0) % value.uses.length;
  next.set(value.key, turn + 1);
  const [place, at] = value.uses[turn];
  const lines = parts()[place]?.lines ?? [];
  const line = lines.findIndex((each) => each.kind === "say" && each.at === at);
  if (line >= 0) playLine(place, line);
}
