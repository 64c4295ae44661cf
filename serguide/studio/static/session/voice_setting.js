/** Who speaks: one's own readings, the best natural voice here, or a plain one. */

import { make } from "../common/dom.js";
import { say } from "../common/words.js";
import { change, current, known, nameOf, watch } from "./plan.js";
import { refill } from "../common/refill.js";

/** @type {HTMLElement} */
let box;

/** Return the setting. */
export function voiceSetting() {
  box = make("section", { class: "setting voice", "aria-labelledby": "voice-label" });
  watch(render);
  return box;
}

/** Of what is shown: what is drawn anew under a finger loses the click. */
let shown = "";

function render() {
  const plan = current();
  if (!plan) return;
  const { voice } = plan;
  const readings = known()?.readings ?? [];
  const reading = readings.find((/** @type {any} */ each) => each.voice === voice.name);
  const own = reading ?? readings[0];
  const next = JSON.stringify([voice, own]);
  if (next === shown) return;
  shown = next;
  refill(
    box,
    make(
      "div",
      { class: "setting-head" },
      make("h2", { class: "plain strong", id: "voice-label" }, say("voice")),
      readLink(own),
    ),
    make(
      "div",
      { class: "segmented", role: "radiogroup", "aria-labelledby": "voice-label" },
      choice("own", say("own_voice"), own?.voice ?? voiceOf(voice.own[0]), voice),
      choice("natural", say("natural_voice"), "natural", voice),
      choice("plain", say("plain_voice"), "espeak", voice),
    ),
    make("p", { class: "muted small" }, told(voice, own)),
  );
}

/** @param {string | undefined} name */
function voiceOf(name) {
  return name ? `recorded:${name}` : null;
}

/**
 * @param {string} kind
 * @param {string} words
 * @param {string | null} name
 * @param {any} voice
 */
function choice(kind, words, name, voice) {
  const missing = name === null || (kind === "natural" && !voice.natural);
  const input = make("input", {
    type: "radio",
    name: "voice",
    value: kind,
    class: "sr",
    checked: voice.kind === kind,
    disabled: missing,
    "data-focus": `voice-${kind}`,
    onchange: () => change({ kind: "voice", voice: name }),
  });
  return make("label", { class: missing ? "missing" : "" }, input, words);
}

/** @param {any} own */
function readLink(own) {
  const href = `/read#${encodeURIComponent(nameOf())}`;
  const words = own?.unread ? say("read_last", { n: own.unread }) : own ? "" : say("read_aloud");
  return words && make("a", { href, "data-focus": "read" }, words);
}

/**
 * @param {any} voice
 * @param {any} own
 */
function told(voice, own) {
  if (voice.kind === "own" && own?.problem) return own.problem;
  if (voice.kind === "own" && own) {
    const done = { name: own.title, done: own.recorded, n: own.sentences };
    const values = own.values ? ` ${say("values_spoken", { n: own.values })}` : "";
    return say("recorded_of", done) + values;
  }
  if (!voice.natural && voice.kind !== "own") return say("no_natural");
  if (voice.kind === "natural") return say("natural_is", { name: voice.called });
  return voice.kind === "plain" ? say("plain_is") : say("other_is", { name: voice.name });
}
