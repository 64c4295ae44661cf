/** Things to look at: the sentence, why, what to say instead; use it, or keep one's own. */

import { make } from "../common/dom.js";
import { say } from "../common/words.js";
import { findings, lookAt, lookedAt, watchLit } from "./lit.js";
import { parts, show } from "./place.js";
import { change, known, nameOf, watch } from "./plan.js";
import { refill } from "../common/refill.js";

/** @typedef {import("./plan.js").Finding} Finding */

/** @type {HTMLElement} */
let box;
/** The finding whose reason is being written, by its own key. */
let keeping = "";

/** Return the section. */
export function findingsSection() {
  box = make("section", { class: "findings", tabindex: "-1", "aria-labelledby": "findings-title" });
  watch(render);
  watchLit(mark);
  return box;
}

let shown = "";

function render() {
  const found = findings();
  const key = JSON.stringify([Boolean(known()), found, keeping]);
  if (key === shown) return;
  shown = key;
  box.classList.toggle("none", Boolean(known()) && !found.length);
  refill(
    box,
    make(
      "h2",
      { class: "plain strong", id: "findings-title", "aria-live": "polite" },
      !known()
        ? say("looking")
        : found.length
          ? say("things", { n: found.length })
          : say("nothing_to_look_at"),
    ),
    known() && !found.length && make("p", { class: "muted small" }, say("all_looked_at")),
    found.length > 0 && make("ul", {}, found.map(card)),
  );
}

/** @param {Finding} finding */
function keyOf(finding) {
  return `${finding.code} ${finding.file} ${finding.line} ${finding.column}`;
}

/**
 * @param {Finding} finding
 * @param {number} index
 */
function card(finding, index) {
  const key = keyOf(finding);
  const actions = keeping === key ? keepForm(finding) : buttons(finding);
  return make(
    "li",
    {
      class: "finding-card",
      tabindex: "-1",
      "data-finding": index,
      onfocusin: () => look(finding, index),
      onmouseenter: () => lookAt(index),
    },
    make(
      "p",
      {},
      finding.sentence
        ? make("span", { class: "serif" }, `${say("quoted", { text: finding.sentence })} `)
        : "",
      make(
        "span",
        { class: "muted" },
        finding.sentence ? finding.why : `${finding.what} ${finding.why}`,
      ),
    ),
    better(finding),
    actions,
  );
}

/** @param {Finding} finding */
function better(finding) {
  if (!finding.better) return null;
  return make("p", { class: "serif better" }, say("quoted", { text: finding.better }));
}

/** @param {Finding} finding */
function buttons(finding) {
  const key = keyOf(finding);
  const sentence = finding.sentence || finding.message;
  const use = make(
    "button",
    {
      type: "button",
      class: "sage",
      "data-focus": `use-${key}`,
      "aria-label": `${say("use_wording")}: ${finding.better}`,
      onclick: () => useWording(finding),
    },
    say("use_wording"),
  );
  const keep = make(
    "button",
    {
      type: "button",
      class: "quiet",
      "data-focus": `keep-${key}`,
      "aria-label": `${say("keep_mine")} ${sentence}`,
      onclick: () => {
        keeping = key;
        render();
        box.querySelector("input")?.focus();
      },
    },
    say("keep_mine"),
  );
  return make(
    "div",
    { class: "finding-tools" },
    finding.better
      ? use
      : finding.file !== nameOf() &&
          make(
            "a",
            { class: "button sage", href: `/words#${encodeURIComponent(finding.file)}` },
            say("change_words"),
          ),
    finding.waivable
      ? keep
      : make("span", { class: "muted small" }, finding.stops ? say("protects") : ""),
  );
}

/** @param {Finding} finding */
function keepForm(finding) {
  const reason = make("input", {
    type: "text",
    required: true,
    "aria-label": say("keep_reason"),
    placeholder: say("keep_reason"),
    "data-focus": "reason",
  });
  const away = () => {
    keeping = "";
    render();
    focusCard(0);
  };
  return make(
    "form",
    {
      class: "keep",
      onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        const { file, code } = finding;
        keeping = "";
        if (!(await change({ kind: "keep", file, code, reason: reason.value }))) {
          keeping = keyOf(finding);
          render();
        }
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        away();
      },
    },
    reason,
    make("button", { type: "submit", class: "sage" }, say("keep_it")),
    make("button", { type: "button", class: "quiet", onclick: away }, say("cancel")),
  );
}

/** @param {Finding} finding */
async function useWording(finding) {
  const { file, line, column, better: text } = finding;
  if (await change({ kind: "wording", file, line, column, text })) box.focus();
}

/**
 * Show the sentence that a finding is about.
 *
 * @param {Finding} finding
 * @param {number} index
 */
function look(finding, index) {
  const place = finding.where[0]?.[0] ?? -1;
  if (place >= 0 && place < parts().length) show(place);
  lookAt(index);
}

function mark() {
  const place = lookedAt();
  for (const each of box.querySelectorAll("[data-finding]")) {
    each.classList.toggle("lit", each.getAttribute("data-finding") === String(place));
  }
}

/** @param {number} index */
function focusCard(index) {
  const found = box.querySelector(`[data-finding="${index}"]`);
  const target = found?.querySelector("button") ?? found ?? box;
  if (target instanceof HTMLElement) target.focus();
}

/** Go to the next thing to look at. */
export function nextFinding() {
  const all = findings().length;
  const now = document.activeElement?.closest("[data-finding]")?.getAttribute("data-finding");
  focusCard(all ? (Number(now ?? -1) + 1) % all : 0);
}
