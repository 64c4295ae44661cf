/** What can be put into the words: the bar below the sheet, and the list behind `/`. */

import { byId, fill, make } from "../common/dom.js";
import { cover, get } from "../common/http.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";
import { TextBlock } from "./text_block.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/** What there is, in its order; the bar has all but the last. */
const KINDS = ["pause", "rest", "breath", "sound", "part", "chapter"];

/**
 * Put something at the caret.
 *
 * @param {Sheet} sheet
 * @param {string} kind - of KINDS
 */
export function insert(sheet, kind) {
  const here = sheet.here ?? sheet.blocks.at(-1) ?? null;
  if (kind === "pause" && here instanceof TextBlock && !here.isEmpty) {
    const place = here.caret < 0 ? here.length : here.caret;
    here.insert([{ words: " " }, { pause: 2 }, { words: " " }], place);
    return;
  }
  if (kind === "part") void choosePart(sheet);
  else sheet.put(FRESH[kind]?.() ?? { kind: "say", pieces: [] });
}

/** @type {Record<string, () => Record<string, any>>} */
const FRESH = {
  pause: () => ({ kind: "pause", seconds: 3 }),
  rest: () => ({ kind: "rest", seconds: 10 }),
  breath: () => ({ kind: "breathe", ...EASY }),
  sound: () => ({ kind: "sound", name: "bowl" }),
  chapter: () => ({ kind: "chapter", title: say("new_chapter") }),
};

/** Six breaths a minute, a little longer out than in, as the built-in scripts have them. */
const EASY = { inhale: 4, hold: 0, exhale: 6, rest: 0, fewest: 4, most: 4 };

/**
 * Draw the bar, and listen for `/`.
 *
 * @param {Sheet} sheet
 */
export function insertBar(sheet) {
  const button = (/** @type {string} */ kind) =>
    make(
      "button",
      {
        type: "button",
        class: "quiet",
        // The caret stays where it is.
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => insert(sheet, kind),
      },
      say(kind),
    );
  fill(
    byId("insert"),
    icon("plus"),
    ...KINDS.slice(0, 5).map(button),
    make(
      "button",
      {
        type: "button",
        class: "slash",
        "aria-label": say("put_in"),
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => openMenu(sheet, false),
      },
      make("kbd", {}, "/"),
    ),
  );
  sheet.root.addEventListener("keydown", (event) => {
    const block = sheet.blockOf(event.target);
    if (event.key !== "/" || !(block instanceof TextBlock) || event.isComposing) return;
    if (event.target !== block.element) return;
    event.preventDefault();
    openMenu(sheet, true);
  });
}

/**
 * Show what can be put in, at the caret; another `/` is a stroke that is meant.
 *
 * @param {Sheet} sheet
 * @param {boolean} typed
 */
function openMenu(sheet, typed) {
  const here = sheet.here;
  const place = here instanceof TextBlock ? here.caret : -1;
  const dialog = make("dialog", { class: "popover menu", "aria-label": say("put_in") });
  const back = () => {
    if (here instanceof TextBlock) here.focus(place < 0 ? "end" : place);
    else here?.focus();
  };
  /** @type {(() => void) | null} */
  let chosen = null;
  const choose = (/** @type {() => void} */ run) => {
    chosen = run;
    dialog.close();
  };
  const entries = KINDS.map((kind) =>
    make(
      "button",
      { type: "button", class: "quiet", onclick: () => choose(() => insert(sheet, kind)) },
      say(kind),
    ),
  );
  fill(dialog, ...entries);
  dialog.addEventListener("keydown", (event) => {
    const at = entries.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      entries[(at + by + entries.length) % entries.length]?.focus();
      event.preventDefault();
    } else if (event.key === "/" && typed && here instanceof TextBlock) {
      event.preventDefault();
      choose(() => here.insert([{ words: "/" }], Math.max(0, place)));
    } else if (event.key.length === 1) {
      const letter = event.key.toLowerCase();
      entries.find((entry) => entry.textContent?.toLowerCase().startsWith(letter))?.focus();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    back();
    chosen?.();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  const box =
    (typed && range?.getClientRects()[0]) || here?.element.getBoundingClientRect() || new DOMRect();
  dialog.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 200))}px`;
  dialog.style.top = `${Math.max(8, Math.min(box.bottom + 6, innerHeight - 330))}px`;
  dialog.showModal();
  entries[0]?.focus();
}

/**
 * Choose another part to stand in this one.
 *
 * @param {Sheet} sheet
 */
async function choosePart(sheet) {
  const here = sheet.here;
  const place = here instanceof TextBlock ? here.caret : -1;
  const { parts } = await get(`/api/parts?language=${encodeURIComponent(sheet.language)}`);
  let chosen = "";
  const dialog = make("dialog", { class: "choose", "aria-labelledby": "choose-title" });
  const list = make("ul", {});
  const show = (/** @type {string} */ words) => {
    const wanted = parts.filter((/** @type {any} */ part) =>
      part.title.toLowerCase().includes(words.toLowerCase()),
    );
    fill(
      list,
      wanted.map((/** @type {any} */ part) =>
        make(
          "li",
          {},
          make(
            "button",
            { type: "button", class: "quiet", onclick: () => void take(part) },
            cover(part.name, "cover small"),
            make("span", { class: "serif" }, part.title),
            part.own ? make("span", { class: "small muted" }, say("yours")) : null,
          ),
        ),
      ),
    );
  };
  const take = async (/** @type {any} */ part) => {
    sheet.pieces[part.name] = await get(`/api/parts/${encodeURIComponent(part.name)}/piece`);
    chosen = part.name;
    dialog.close();
  };
  const search = make("input", {
    type: "search",
    "aria-label": say("find_part"),
    placeholder: say("find_part"),
    oninput: () => show(search.value),
  });
  fill(
    dialog,
    make("h2", { id: "choose-title" }, say("part")),
    search,
    list,
    make("form", { method: "dialog" }, make("button", { class: "quiet" }, say("cancel"))),
  );
  show("");
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (here instanceof TextBlock) here.focus(place < 0 ? "end" : place);
    if (chosen) sheet.put({ kind: "include", name: chosen });
  });
  document.body.append(dialog);
  dialog.showModal();
  search.focus();
}
