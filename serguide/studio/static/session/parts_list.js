/** Parts of the session in their order: drag them, move them, leave one out, add another. */

import { make } from "../common/dom.js";
import { cover } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice } from "../common/notice.js";
import { clock, say } from "../common/words.js";
import { goTo, playing } from "./listening.js";
import { choosePart } from "./part_chooser.js";
import { dragParts } from "./part_drag.js";
import { parts, show, shownPart, shownPlace, watchPart } from "./place.js";
import { change, current, watch } from "./plan.js";
import { refill } from "../common/refill.js";

/** @typedef {import("./plan.js").Part} Part */

/** @type {HTMLElement} */
let list;

/** Return the column of parts. */
export function partsColumn() {
  list = make("div", { class: "parts-inner" });
  dragParts(list, move);
  watch(render);
  watchPart(render);
  return make("section", { class: "parts", "aria-label": say("all_parts") }, list);
}

/** Of what is shown: a list that is drawn anew under a finger loses the click. */
let drawn = "";

function render() {
  const plan = current();
  if (!plan) return;
  const told = parts().map((part) => ({ ...part, drawing: null, lines: null }));
  const next = JSON.stringify([shownPlace(), told, plan.left_out, plan.shortened]);
  if (next === drawn) return;
  drawn = next;
  const seconds = plan.frames / plan.rate;
  refill(
    list,
    make(
      "div",
      { class: "parts-head muted" },
      make("h2", { class: "plain" }, say("parts", { n: plan.parts.length })),
      make("span", {}, clock(seconds)),
    ),
    make("ol", { class: "part-cards" }, plan.parts.map(card)),
    make(
      "button",
      { type: "button", class: "add-part", "data-focus": "add", onclick: choosePart },
      icon("plus"),
      make("span", {}, say("add_part")),
    ),
    plan.left_out.map((/** @type {any} */ each) =>
      make(
        "p",
        { class: "left-out muted" },
        make("span", {}, say("left_out", { title: each.title })),
        make(
          "button",
          {
            type: "button",
            class: "link",
            "data-focus": `back-${each.name}`,
            "aria-label": `${say("put_back")}: ${each.title}`,
            onclick: () => putBack(each),
          },
          say("put_back"),
        ),
      ),
    ),
    plan.shortened.map((/** @type {any} */ each) =>
      make("p", { class: "left-out muted" }, say("left_out_for_length", { title: each.title })),
    ),
  );
}

/**
 * @param {Part} part
 * @param {number} place
 */
function card(part, place) {
  const chosen = place === shownPlace();
  const seconds = part.frames / (current()?.rate ?? 48000);
  const told = [clock(seconds), part.own ? say("yours") : "", part.optional ? say("optional") : ""];
  return make(
    "li",
    { class: chosen ? "part chosen card raised" : "part" },
    make(
      "button",
      {
        type: "button",
        class: "part-open",
        "data-focus": focusKey(part),
        "aria-current": chosen ? "true" : null,
        onclick: () => {
          show(place);
          goTo(part.start);
        },
      },
      make("span", { class: "grip", "aria-hidden": "true", title: say("drag", part) }),
      cover(part.step, "cover small"),
      make(
        "span",
        { class: "part-words" },
        make("span", { class: "serif part-title" }, part.title),
        make("span", { class: "muted" }, told.filter(Boolean).join(", ")),
      ),
    ),
    chosen && partTools(part, place, "card"),
  );
}

/**
 * Return the buttons that move a part, or leave it out.
 *
 * @param {Part} part
 * @param {number} place
 * @param {string} where - tells the two places apart in which they stand
 */
export function partTools(part, place, where) {
  return make(
    "div",
    { class: `part-tools in-${where}` },
    arrow("up", where, say("earlier", { title: part.title }), place > 0, () =>
      move(place, place - 1),
    ),
    arrow("later", where, say("later", { title: part.title }), place < parts().length - 1, () =>
      move(place, place + 1),
    ),
    make(
      "button",
      {
        type: "button",
        class: "quiet",
        "data-focus": `leave-${where}`,
        "aria-label": `${say("leave_out")}: ${part.title}`,
        onclick: leaveOut,
      },
      say("leave_out"),
    ),
  );
}

/**
 * @param {string} kind
 * @param {string} where
 * @param {string} label
 * @param {boolean} there
 * @param {() => void} run
 */
function arrow(kind, where, label, there, run) {
  const attributes = {
    type: "button",
    class: `quiet round ${kind}`,
    "data-focus": `move-${kind}-${where}`,
    "aria-label": label,
    "aria-disabled": there ? null : "true",
    onclick: () => there && run(),
  };
  return make("button", attributes, icon("up"));
}

/**
 * Move a part to another place among those that are heard.
 *
 * @param {number} from
 * @param {number} to
 */
export async function move(from, to) {
  const [moved, target] = [parts()[from], parts()[to]];
  if (!moved || !target || from === to) return;
  const done = await change({ kind: "move", from: moved.step_index, to: target.step_index });
  if (!done) return;
  show(to);
  const count = parts().length;
  notice(say("moved", { title: moved.title, place: to + 1, count }));
}

/** Move the part that is shown. @param {number} by */
export function moveShown(by) {
  move(shownPlace(), shownPlace() + by);
}

/** Leave the part out that is shown. */
export async function leaveOut() {
  const part = shownPart();
  const within = list.contains(document.activeElement);
  if (!part || !(await change({ kind: "leave_out", index: part.step_index }))) return;
  // What is heard next is what is shown, not a sample of the part before.
  const next = shownPart();
  if (next && !playing()) goTo(next.start);
  if (next && within) focusOnPart(next);
}

/**
 * Put a part back that was left out, and show it.
 *
 * @param {{ index: number, name: string }} each
 */
async function putBack({ index, name }) {
  if (!(await change({ kind: "put_back", index }))) return;
  // A fitted length may leave it out at once: the list says so.
  const back = parts()
    .filter(({ step }) => step === name)
    .at(-1);
  if (!back) return;
  show(parts().indexOf(back));
  focusOnPart(back);
  notice(say("is_back", { title: back.title, place: parts().indexOf(back) + 1 }));
}

/**
 * Return what names a part's button wherever it is moved: its script, and which of several.
 *
 * @param {Part} part
 */
function focusKey({ step, start }) {
  const same = parts().filter((each) => each.step === step && each.start < start);
  return `part-${step}-${same.length}`;
}

/** @param {Part} part */
function focusOnPart(part) {
  const key = focusKey(part);
  const found = [...list.querySelectorAll("[data-focus]")].find(
    (each) => each.getAttribute("data-focus") === key,
  );
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}
