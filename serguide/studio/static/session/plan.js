/** The session that is on the screen: what the studio says of it, and changes of it. */

import { Refused, get, send } from "../common/http.js";
import { beforeLeaving } from "../common/leaving.js";
import { notice, problem, saved } from "../common/notice.js";
import { whereToChange } from "../common/shared_part.js";
import { say } from "../common/words.js";

/**
 * @typedef {object} Line
 * @property {"say" | "rest" | "pause" | "breaths" | "sound" | "chapter"} kind
 * @property {number} at - first sample, of the part
 * @property {number} end
 * @property {string} text
 * @property {number} seconds
 * @property {number} cycles
 * @property {[string, number][]} phases
 */

/**
 * @typedef {object} Part
 * @property {string} step - its script's name
 * @property {string} title
 * @property {boolean} own
 * @property {boolean} optional
 * @property {number} start - in the session, in samples
 * @property {number} frames
 * @property {number} step_index
 * @property {Line[]} lines
 * @property {any} drawing
 */

/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {boolean} stops
 * @property {string} message
 * @property {string} what
 * @property {string} why
 * @property {string} hint
 * @property {string | null} better
 * @property {boolean} waivable
 * @property {string} file
 * @property {number} line
 * @property {number} column
 * @property {string} sentence
 * @property {[number, number][]} where
 */

/** @type {any} */
let plan = null;
/** The plan as it is saved, without a length that is being tried. @type {any} */
let kept = null;
/** @type {any} */
let details = null;
/** @type {Set<() => void>} */
const watchers = new Set();

/** Changes are sent one after another, each with the version that the last one left. */
let queue = Promise.resolve();
let waiting = 0;

beforeLeaving({ busy: () => waiting > 0, settled: () => queue });

/** Return the plan; null while it is on its way. */
export function current() {
  return plan;
}

/** Return what takes longer to find out; null while it is on its way. */
export function known() {
  return details;
}

/**
 * Have something called whenever the plan or the details are others.
 *
 * @param {() => void} watcher
 */
export function watch(watcher) {
  watchers.add(watcher);
}

function tell() {
  for (const watcher of watchers) watcher();
}

/** The name that stands behind the address's `#`. */
export function nameOf() {
  return decodeURIComponent(location.hash.slice(1));
}

/** @param {string} [below] */
function address(below = "") {
  return `/api/sessions/${encodeURIComponent(nameOf())}${below}`;
}

/** Fetch the session; raises Refused. */
export async function load() {
  take(await get(address(), { quiet: true }));
}

/**
 * Look whether another program changed it, and show it as it is then.
 *
 * @param {boolean} [closer] - at what takes longer to find out, too
 */
export async function lookAgain(closer = true) {
  const fresh = await get(address(), { quiet: true }).catch(() => null);
  if (!fresh || !plan || JSON.stringify(same(fresh)) === JSON.stringify(same(plan))) return;
  const outside = fresh.version !== plan.version;
  take(fresh, closer || outside);
  if (outside) notice(say("changed_outside"));
}

/** @param {any} of */
function same(of) {
  return { ...of, took: 0, words_of: "" };
}

/**
 * @param {any} fresh
 * @param {boolean} [closer]
 */
function take(fresh, closer = true) {
  if (fresh.name !== nameOf()) {
    history.replaceState(null, "", `#${encodeURIComponent(fresh.name)}`);
    notice(say("saved_copy"));
  }
  plan = fresh;
  kept = fresh;
  tell();
  if (closer) lookCloser();
}

let asked = 0;

/** Milliseconds before each try to look closer: where one fails, nothing else would ask again. */
const TRIES = [0, 500, 2000, 5000];

/** Fetch findings, bounds, values and readings; what is on the screen stays until they come. */
async function lookCloser() {
  asked += 1;
  const mine = asked;
  for (const pause of TRIES) {
    if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    if (mine !== asked) return;
    const fresh = await get(address("/details"), { quiet: true }).catch(() => null);
    if (mine !== asked) return;
    if (fresh) {
      details = fresh;
      tell();
      return;
    }
  }
}

/**
 * Change the session, and save it at once; resolves to whether it was changed.
 *
 * @param {Record<string, unknown>} wish
 * @returns {Promise<boolean>}
 */
export async function change(wish) {
  const only = await place(wish);
  if (only === null) return false;
  const before = kept;
  const done = await sent("/changes", () => ({
    version: plan.version,
    change: only ? { ...wish, only_here: true } : wish,
  }));
  if (done && only) notice(say("only_here_done"));
  if (done && before && FITS.includes(String(wish.kind))) tellOthers(before);
  return done;
}

/**
 * Say what a length that is kept has brought in or left out besides what was asked for.
 *
 * @param {any} before - the plan as it was
 */
function tellOthers(before) {
  const steps = new Set(before.parts.map((/** @type {Part} */ part) => part.step));
  const out = new Set(before.shortened.map((/** @type {{ title: string }} */ each) => each.title));
  const titles = [
    plan.parts.filter((/** @type {Part} */ part) => !steps.has(part.step)),
    plan.shortened.filter((/** @type {{ title: string }} */ each) => !out.has(each.title)),
  ].map((parts) => parts.map((/** @type {{ title: string }} */ each) => each.title).join(", "));
  if (titles[0]) notice(say("came_in_for_length", { title: titles[0] }));
  if (titles[1]) notice(say("left_out_for_length", { title: titles[1] }));
}

/** Changes after which a length may leave out other parts than before. */
const FITS = ["leave_out", "length"];

/** Changes that are made in a part's own file, which other sessions may have as well. */
const IN_PARTS = ["wording", "keep"];

/**
 * Tell whether a change is for this session alone; null where it was thought better of.
 *
 * @param {Record<string, unknown>} wish
 * @returns {Promise<boolean | null>}
 */
async function place(wish) {
  if (!IN_PARTS.includes(String(wish.kind)) || wish.file === nameOf()) return false;
  const where = await whereToChange(String(wish.file), nameOf());
  return where && where === "here";
}

/** Take the last change back: of the session, or of words in it. */
export async function undo() {
  if (plan?.undo && (await sent("/undo", () => ({})))) stepped("undone");
}

/** Do it again. */
export async function redo() {
  if (plan?.redo && (await sent("/redo", () => ({})))) stepped("redone");
}

/** @param {"undone" | "redone"} what */
function stepped(what) {
  const title = plan.words_of;
  if (title) notice(say(`${what}_words`, { title }));
  else if (plan.step) notice(say(what, { what: say(`step_${plan.step}`) }));
}

/**
 * @param {string} below
 * @param {() => object} data
 * @returns {Promise<boolean>}
 */
function sent(below, data) {
  waiting += 1;
  const done = queue.then(async () => {
    saved("saving");
    try {
      take(await send("POST", address(below), data(), { quiet: true }));
      saved("saved");
      return true;
    } catch (error) {
      await refused(error);
      return false;
    } finally {
      waiting -= 1;
    }
  });
  queue = done.then(() => {});
  return done;
}

/** @param {unknown} error */
async function refused(error) {
  if (!(error instanceof Refused)) throw error;
  if (error.changed) {
    saved("saved");
    await lookAgain();
    return;
  }
  saved("unsaved", error.problem?.message ?? "");
  if (error.problem) problem(error.problem);
  tell();
}

/** @type {number | null} */
let wanted = null;
let trying = false;

/**
 * Show the session at another length, without saving it; of many, the last one counts.
 *
 * @param {number} seconds
 */
export async function tryLength(seconds) {
  wanted = seconds;
  if (trying) return;
  trying = true;
  while (wanted !== null) {
    const next = wanted;
    wanted = null;
    const fresh = await send("POST", address("/trial"), { seconds: next }, { quiet: true }).catch(
      () => null,
    );
    if (fresh && plan && fresh.version === plan.version) {
      plan = { ...fresh, trial: true };
      tell();
    }
  }
  trying = false;
}
