/** The soundscape and its level, which is heard at once while it plays. */

import { fill, make } from "../common/dom.js";
import { get } from "../common/http.js";
import { say } from "../common/words.js";
import { setLevel } from "./listening.js";
import { change, current, nameOf, watch } from "./plan.js";

/** @type {HTMLSelectElement} */
let select;
/** @type {HTMLInputElement} */
let slider;
/** @type {HTMLElement} */
let shown;
/** @type {{ name: string, title: string }[]} */
let choices = [];
let sliding = false;

const OF_PARTS = "\u0000parts";

/** Return the setting. */
export function bedSetting() {
  shown = make("output", { for: "level" });
  select = make("select", { "aria-labelledby": "bed-label", onchange: chosen });
  slider = make("input", {
    type: "range",
    id: "level",
    step: "1",
    "aria-label": say("level"),
    oninput: () => {
      sliding = true;
      setLevel(Number(slider.value));
      paint(Number(slider.value));
    },
    onchange: async () => {
      const name = select.value === OF_PARTS ? current()?.soundscape.heard[0] : select.value;
      await change({ kind: "soundscape", name, level: Number(slider.value) });
      sliding = false;
      render();
    },
  });
  watch(render);
  return make(
    "section",
    { class: "setting bed" },
    make(
      "div",
      { class: "setting-head" },
      make("h2", { class: "plain strong", id: "bed-label" }, say("soundscape")),
      shown,
    ),
    make("div", { class: "bed-row" }, select, make("div", { class: "ranged" }, slider)),
  );
}

/** Fetch the soundscapes that there are. */
export async function loadBeds() {
  const path = `/api/sessions/${encodeURIComponent(nameOf())}/choices`;
  const found = await get(path, { quiet: true }).catch(() => null);
  choices = found?.soundscapes ?? [];
  render();
  return found;
}

function chosen() {
  const [value, level] = [select.value, current()?.soundscape.level];
  if (value === OF_PARTS) change({ kind: "soundscape", name: null });
  else if (value === "none") change({ kind: "soundscape", name: "none" });
  else change({ kind: "soundscape", name: value, level });
}

function render() {
  const bed = current()?.soundscape;
  if (!bed) return;
  const now = bed.of_parts ? OF_PARTS : (bed.name ?? "none");
  const known = choices.some(({ name }) => name === bed.name) || !bed.name;
  const key = JSON.stringify([choices, now]);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    fill(
      select,
      option(OF_PARTS, say("of_parts")),
      option("none", say("no_soundscape")),
      !known && option(bed.name, bed.name),
      choices.map(({ name, title }) => option(name, title)),
    );
  }
  select.value = now;
  const silent = !bed.heard.length;
  slider.disabled = silent;
  slider.min = String(bed.softest);
  slider.max = String(bed.loudest);
  if (sliding) return;
  slider.value = String(bed.level);
  paint(bed.level);
  if (silent) shown.textContent = "";
}

/**
 * @param {string} value
 * @param {string} words
 */
function option(value, words) {
  return make("option", { value }, words);
}

/** @param {number} level */
function paint(level) {
  const words = say(level < -35 ? "level_soft" : level < -24 ? "level_quiet" : "level_clear");
  if (shown.textContent !== words) shown.textContent = words;
  slider.setAttribute("aria-valuetext", words);
  const all = Number(slider.max) - Number(slider.min);
  slider.style.setProperty("--at", `${((level - Number(slider.min)) / all) * 100}%`);
}
