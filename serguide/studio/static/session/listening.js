/** Listening: from any sentence, on through the parts, again after a change that is heard. */

import { send } from "../common/http.js";
import { problem } from "../common/notice.js";
import { at, lineAt, parts, placeAt, show, stand } from "./place.js";
import { current, lookAgain, nameOf, watch } from "./plan.js";
import { Stems } from "./stems.js";

/** The place of the way back to the room, which stands beside the parts. */
const GROUND = -1;

/** Milliseconds between looks at the lengths of what is being spoken while it plays. */
const LOOK = 1500;

/** Milliseconds from a click to the first sound: what tests and the curious look at. */
export const measured = { asked: 0, begun: 0 };

/** @type {AudioContext | null} */
let context = null;
/** @type {Stems | null} */
let stems = null;
let place = 0;
let looked = 0;
/** @type {{ done: number, total: number } | null} */
let speaking = null;
/** What is heard at the moment, to know whether a change is heard. */
let heardKey = "";
/** @type {Set<() => void>} */
const watchers = new Set();

/**
 * Have something called whenever playing begins, ends, or waits for what is spoken first.
 *
 * @param {() => void} watcher
 */
export function watchPlaying(watcher) {
  watchers.add(watcher);
}

function tell() {
  for (const watcher of watchers) watcher();
}

/** Tell whether the session plays, or is about to. */
export function playing() {
  return stems !== null && place !== GROUND;
}

/** Return how much is spoken of what is waited for, or null. */
export function waitingFor() {
  return speaking;
}

/** Return the sample of the session that is heard, or that is heard from next. */
export function position() {
  const part = parts()[place];
  if (!stems?.facts || !part) return at();
  return part.start + Math.min(stems.position, part.frames);
}

/** Tell whether the way back to the room is what plays. */
export function playingGround() {
  return stems !== null && place === GROUND;
}

/** Return what the way back to the room says now; empty while it is not heard. */
export function groundWords() {
  if (!stems?.facts || place !== GROUND) return "";
  const sample = stems.position;
  const said = current()?.ground.lines.filter(
    (/** @type {any} */ line) => line.kind === "say" && line.at <= sample,
  );
  return said?.at(-1)?.text ?? "";
}

/** Hear the way back to the room from its beginning, or end it. */
export function toggleGround() {
  if (playingGround()) pause();
  else begin(GROUND, { at: 0 });
}

/** Go on from where one stands, or pause there. */
export function toggle() {
  if (playing()) pause();
  else playAt(at());
}

/** Stop, and stand where it stopped. */
export function pause() {
  if (!stems) return;
  stand(position());
  stems.stop();
  stems = null;
  speaking = null;
  tell();
}

/**
 * Play from a sample of the session.
 *
 * @param {number} sample
 */
export function playAt(sample) {
  const next = placeAt(sample);
  const part = parts()[next];
  if (part) begin(next, { at: Math.max(0, sample - part.start) });
}

/**
 * Play from a line of a part.
 *
 * @param {number} next
 * @param {number} line
 */
export function playLine(next, line) {
  begin(next, { line });
}

/**
 * Go some seconds on or back, playing or not.
 *
 * @param {number} seconds
 */
export function skip(seconds) {
  const rate = current()?.rate ?? 48000;
  goTo(position() + seconds * rate);
}

/**
 * Stand at a sample of the session; what plays goes on from there.
 *
 * @param {number} sample
 */
export function goTo(sample) {
  stand(sample);
  show(placeAt(at()));
  if (playing()) playAt(at());
  tell();
}

/**
 * Set the soundscape's level while it plays.
 *
 * @param {number} level
 */
export function setLevel(level) {
  stems?.setLevel(level);
}

/**
 * @param {number} next
 * @param {{ line?: number, at?: number }} from
 */
function begin(next, from) {
  context ??= new AudioContext({ sampleRate: 48000, latencyHint: "playback" });
  context.resume();
  stems?.stop();
  place = next;
  heardKey = keyOf(next);
  measured.asked = performance.now();
  measured.begun = 0;
  const part = parts()[next];
  const line = from.line === undefined ? undefined : part?.lines[from.line];
  if (part) stand(part.start + (line?.at ?? from.at ?? 0));
  const mine = new Stems(
    context,
    { name: nameOf(), part: next, ...from },
    {
      speaking: (done, total) => {
        if (mine !== stems) return;
        if (mine.facts) learnt(done === total);
        else speaking = { done, total };
        tell();
      },
      begun: (facts) => {
        if (mine !== stems) return;
        measured.begun = performance.now();
        if (facts.spoken) learnt(speaking?.done === speaking?.total);
        speaking = null;
        tell();
      },
      ended: () => {
        if (mine === stems) goOn();
      },
      failed: (told) => {
        if (mine !== stems) return;
        stems = null;
        speaking = null;
        problem(told);
        tell();
      },
    },
  );
  stems = mine;
  const level = current()?.soundscape?.level;
  if (typeof level === "number" && !current()?.soundscape?.of_parts) mine.setLevel(level);
  if (part) show(next);
  tell();
}

/**
 * Show the lengths that are known by now.
 *
 * @param {boolean} all - what was begun is spoken to its end
 */
function learnt(all) {
  if (!all && performance.now() - looked < LOOK) return;
  looked = performance.now();
  lookAgain(all);
}

/** Go on with the next part; behind the last one, stand at the beginning. */
function goOn() {
  if (place === GROUND) {
    stems = null;
    tell();
    return;
  }
  if (place + 1 < parts().length) {
    begin(place + 1, { at: 0 });
    return;
  }
  stems = null;
  stand(0);
  show(0);
  tell();
}

/**
 * Return what of the plan is heard in a part: all but the soundscape's level, which is a gain.
 *
 * @param {number} next
 */
function keyOf(next) {
  const plan = current();
  const part = next === GROUND ? plan?.ground : parts()[next];
  const bed = [plan?.soundscape?.name, plan?.soundscape?.of_parts];
  return JSON.stringify([part?.step, part?.frames, part?.lines, bed, plan?.voice?.name]);
}

/** @type {any} */
let before = null;

/** What plays goes on at the same sentence of the changed session, if the change is heard. */
function follow() {
  const plan = current();
  const was = before;
  before = plan?.trial ? before : plan;
  if (!stems || !plan || plan.trial || !was || was === plan) return;
  if (place === GROUND) {
    if (was.version !== plan.version && keyOf(GROUND) !== heardKey) pause();
    return;
  }
  const old = was.parts[place];
  const same = parts().findIndex((part) => part.step === old?.step);
  if (same < 0) {
    pause();
    return;
  }
  const step = place;
  place = same;
  if (keyOf(same) === heardKey) {
    show(same);
    return;
  }
  if (stems.facts === null && step === same) {
    begin(same, { line: lineAt(old, at() - old.start) });
    return;
  }
  const inside = Math.min(stems.position, old.frames);
  // Lengths that were estimates until it was spoken: what is heard is right already.
  if (
    JSON.stringify(texts(old)) === JSON.stringify(texts(parts()[same])) &&
    spokenOnly(was, plan)
  ) {
    heardKey = keyOf(same);
    return;
  }
  begin(same, { line: lineAt(old, inside) });
}

/** @param {any} part */
function texts(part) {
  return part?.lines.map((/** @type {any} */ line) => [line.kind, line.text]);
}

/**
 * Tell whether two plans are of the same file, and differ by what was spoken meanwhile.
 *
 * @param {any} was
 * @param {any} now
 */
function spokenOnly(was, now) {
  return was.version === now.version;
}

watch(follow);

/** Have the soundscape ready before it is asked for. */
export function warm() {
  send("POST", "/api/listening/warm", { name: nameOf() }, { quiet: true }).catch(() => {});
}
