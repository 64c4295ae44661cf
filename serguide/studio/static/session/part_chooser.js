/** Choosing a part to add: its title, what it is for, how long it is, and its first sentence. */

import { make } from "../common/dom.js";
import { cover, events, get, send } from "../common/http.js";
import { focusBack, refill } from "../common/refill.js";
import { length, say } from "../common/words.js";
import { show, shownPart, shownPlace } from "./place.js";
import { change, nameOf } from "./plan.js";

/** @typedef {{ name: string, title: string, kind: string, own: boolean, first: string }} Choice */

/** Milliseconds of quiet in the field before it is looked for. */
const QUIET = 150;

/** Seconds that a part takes, by its name, as far as they are known. */
/** @type {Map<string, number>} */
const long = new Map();

/** Choose a part to add behind the one that is shown. */
export async function choosePart() {
  /** @type {{ parts: Choice[] }} */
  const { parts } = await get(`/api/sessions/${encodeURIComponent(nameOf())}/choices`);
  const list = make("ul", { class: "choices" });
  const search = make("input", {
    type: "search",
    "aria-label": say("find_part"),
    placeholder: say("find_part"),
    maxlength: "200",
    autocomplete: "off",
  });
  const stopped = new AbortController();
  const dialog = make(
    "dialog",
    { class: "chooser", "aria-labelledby": "chooser-title" },
    make("h2", { id: "chooser-title" }, say("add_part")),
    search,
    list,
    make("form", { method: "dialog" }, make("button", { type: "submit" }, say("close"))),
  );
  /** @param {Set<string> | null} found */
  const fill = (found) => {
    const shown = parts.filter(({ name }) => !found || found.has(name));
    refill(
      list,
      shown.map((each) =>
        make(
          "li",
          {},
          row(each, () => dialog.close()),
        ),
      ),
      !shown.length && make("li", { class: "muted", role: "status" }, say("no_part_found")),
    );
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(search, fill), QUIET);
  });
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    stopped.abort();
    dialog.remove();
    focusBack(before);
  });
  fill(null);
  document.body.append(dialog);
  dialog.showModal();
  if (parts.some(({ name }) => !long.has(name))) void lengths(list, stopped.signal);
}

/**
 * Look for words in titles and in all that is spoken.
 *
 * @param {HTMLInputElement} search
 * @param {(found: Set<string> | null) => void} fill
 */
async function look(search, fill) {
  const words = search.value.trim();
  if (!words) {
    fill(null);
    return;
  }
  const answer = await send("POST", "/api/shelf/search", { words }).catch(() => null);
  if (!answer || words !== search.value.trim()) return;
  fill(new Set(answer.found.map((/** @type {{ name: string }} */ each) => each.name)));
}

/**
 * @param {Choice} each
 * @param {() => void} close
 */
function row(each, close) {
  const told = make("span", { class: "muted small", "data-part": each.name });
  tell(told, each);
  return make(
    "button",
    {
      type: "button",
      class: "choice",
      "data-focus": `choice-${each.name}`,
      onclick: async () => {
        close();
        const at = (shownPart()?.step_index ?? -1) + 1;
        const place = shownPlace();
        if (await change({ kind: "add", name: each.name, at })) show(place + 1);
      },
    },
    cover(each.name, "cover small"),
    make(
      "span",
      { class: "part-words" },
      make("span", { class: "serif" }, each.title),
      told,
      each.first &&
        make("span", { class: "serif small first" }, say("quoted", { text: each.first })),
    ),
  );
}

/**
 * Write what a part is for, how long it is, and whether it is one's own.
 *
 * @param {HTMLElement} told
 * @param {Choice} each
 */
function tell(told, each) {
  told.dataset.kind = each.kind;
  told.dataset.own = each.own ? "yes" : "";
  written(told, each.name);
}

/**
 * @param {HTMLElement} told
 * @param {string} name
 */
function written(told, name) {
  const seconds = long.get(name);
  const words = [
    say(`kind_${told.dataset.kind}`),
    seconds === undefined ? "" : length(seconds),
    told.dataset.own ? say("yours") : "",
  ];
  told.textContent = words.filter(Boolean).join(", ");
}

/**
 * Lengths want every part laid out: they come when the list stands.
 *
 * @param {HTMLElement} list
 * @param {AbortSignal} signal
 */
async function lengths(list, signal) {
  try {
    for await (const each of events("/api/shelf/lengths", undefined, { quiet: true, signal })) {
      if (!each.name || each.seconds === undefined) continue;
      long.set(each.name, each.seconds);
      const told = list.querySelector(`[data-part="${CSS.escape(each.name)}"]`);
      if (told instanceof HTMLElement) written(told, each.name);
    }
  } catch {
    // The dialog was closed, or the studio: no length is missed.
  }
}
