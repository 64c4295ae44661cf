/** The words of a part: text with chips, saved as one types, with findings beside it. */

import { byId, fill, make } from "../common/dom.js";
import { cover, get, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { keys } from "../common/keys.js";
import { openSession, rememberSession } from "../common/open_session.js";
import { notice, saved } from "../common/notice.js";
import { copyOf, whereToChange } from "../common/shared_part.js";
import { clock, say } from "../common/words.js";
import { Findings } from "./findings.js";
import { insertBar } from "./insert.js";
import { keepMine } from "./keep_mine.js";
import { hearFrom, hearing, stop } from "./hear.js";
import { copying } from "./copying.js";
import { choose } from "./outside.js";
import { pasting } from "./pasting.js";
import { drawRail } from "./rail.js";
import { Saving } from "./saving.js";
import { Sheet } from "./sheet.js";
import { Stretch } from "./stretch.js";
import { TextBlock } from "./text_block.js";
import { TextFile } from "./text_file.js";

/** Milliseconds without a key after which the second reader reads as well. */
const QUIET = 1500;

/** Milliseconds between looks at whether the file has changed. */
const LOOK = 3000;

let name = decodeURIComponent(location.hash.slice(1));
/** @type {any} */
let part = {};
/** @type {Record<string, number>} */
let starts = {};
let asText = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let reading;

/** The session that this part was opened from uses a copy of what is changed. */
const session = () => openSession()?.name ?? "";

const wayBack = make("a", { class: "button quiet back" });

const address = (more = "") => `/api/parts/${encodeURIComponent(name)}${more}`;

/** The part as that session has it: its voice, its lengths. */
const whole = () => `${address()}?session=${encodeURIComponent(session())}`;

const sheet = new Sheet(byId("screen"), { changed, step });
const stretch = new Stretch(sheet);
const findings = new Findings(sheet, { use, keep });
const textFile = new TextFile(changed);
const saving = new Saving({ what, outside, may });

/** Something on the screen has changed. */
function changed() {
  saving.changed();
}

/** Milliseconds without a key before a question comes. */
const STILL = 900;

/** The part's name for which it is known where its changes shall be. */
let placed = "";

/** Ask before the first change of a part that other sessions have, too: in all, or only here? */
async function may() {
  if (placed === name || !part.own) return true;
  for (let still = 0; still < STILL; still = performance.now() - saving.changedAt) {
    await new Promise((go) => setTimeout(go, still ? STILL - still : 0));
  }
  const where = await whereToChange(name, session());
  if (where === "here") await moved(await copyOf(name, session()));
  if (where) placed = name;
  else {
    saving.dirty = false;
    show(await get(address()));
  }
  return where !== null;
}

/**
 * Go on with a copy of the part: it holds the same text, so what is on the screen goes with it.
 *
 * @param {{ name: string, session: string }} copy
 */
async function moved(copy) {
  took({ ...copy, text: part.text, version: saving.version, undo: null, asked: true });
  part.used_in = [];
  tellAlso();
}

/** What there is to save: the blocks, or the text. */
function what() {
  if (asText) {
    const text = textFile.text;
    return {
      path: address("/text"),
      data: { text, session: session() },
      after: (/** @type {any} */ answer) => {
        took(answer);
        textFile.tell(answer.problems);
      },
    };
  }
  const blocks = [...sheet.blocks];
  const edits = blocks.map((block) => block.edits);
  return {
    path: address(),
    data: { blocks: sheet.data(), session: session() },
    after: (/** @type {any} */ answer) => {
      took(answer);
      sheet.number(blocks, answer.cues);
      if (blocks.every((block, index) => block.edits === edits[index])) told(answer);
      drawRail(sheet, name, starts);
      clearTimeout(reading);
      reading = setTimeout(() => void readByMeaning(), QUIET);
    },
  };
}

/**
 * Take on what saving answers; a ready-made part has become a copy.
 *
 * @param {any} answer
 */
function took(answer) {
  if (answer.session && answer.session !== session()) {
    rememberSession({ name: answer.session, title: openSession()?.title ?? answer.session });
    showWayBack();
  }
  part = { ...part, text: answer.text, version: answer.version };
  undo.disabled = !answer.undo;
  if (answer.name !== name) {
    name = answer.name;
    part.own = true;
    history.replaceState(null, "", `#${encodeURIComponent(name)}`);
    if (!answer.asked) notice(say("is_yours"));
    drawRail(sheet, name, starts);
  }
}

/** @param {any} answer */
function told(answer) {
  starts = answer.starts;
  lasts.textContent =
    answer.seconds && !sheet.unwritten
      ? say(answer.in_session ? "lasts_there" : "lasts", { time: clock(answer.seconds) })
      : "";
  findings.show(answer.findings);
}

async function readByMeaning() {
  if (saving.dirty || saving.going || asText) return;
  const version = saving.version;
  const data = { version, meaning: true, session: session() };
  const answer = await send("POST", address("/findings"), data, { quiet: true }).catch(() => null);
  if (answer && version === saving.version && !saving.dirty) told(answer);
}

/** @param {import("./findings.js").Found} found */
function use(found) {
  const { block, finding } = found;
  if (!(block instanceof TextBlock)) return;
  saving.apart();
  block.insert([{ words: finding.better }], finding.place.start, finding.place.end);
  notice(say("wording_used"));
  void saving.flush().then(() => saving.apart());
}

/** @param {import("./findings.js").Found} found */
async function keep(found) {
  const reason = await keepMine(found.finding);
  if (reason === null) return;
  await saving.flush();
  if (!(await may())) return;
  const { code } = found.finding;
  const data = { version: saving.version, code, reason, session: session() };
  const answer = await send("POST", address("/keep"), data);
  saving.version = answer.version;
  took(answer);
  told(answer);
  notice(say("kept_with_reason"));
  (found.block ?? sheet.blocks[0])?.focus();
}

/**
 * Take the last change back, or do it again; the caret stays near.
 *
 * @param {boolean} again
 */
async function step(again) {
  await saving.flush();
  const place = sheet.here ? sheet.blocks.indexOf(sheet.here) : -1;
  const found = await send("POST", address(again ? "/redo" : "/undo"), { session: session() });
  show(found);
  if (place >= 0) focusNear(place);
}

/**
 * Put the caret into the block at a place, or into the last.
 *
 * @param {number} place
 */
function focusNear(place) {
  if (!asText) sheet.blocks[Math.min(place, sheet.blocks.length - 1)]?.focus("end");
}

/**
 * The file is another program's now: show both.
 *
 * @param {{ text: string, version: string }} theirs
 */
async function outside(theirs) {
  const base = part.text;
  const mine = asText
    ? textFile.text
    : (await send("POST", address("/draft"), { base, blocks: sheet.data() })).text;
  const kept = await choose(mine, theirs.text);
  saving.stopped = false;
  saving.dirty = false;
  if (kept === "mine") {
    await send("PUT", address("/text"), { text: mine, version: theirs.version });
  }
  show(await get(whole()));
  if (!sheet.root.contains(document.activeElement)) focusNear(0);
}

/** Look whether another program has changed the file, where nothing here waits to be saved. */
async function look() {
  if (document.hidden || saving.dirty || saving.going || saving.stopped || !part.version) return;
  const found = await get(address("/version"), { quiet: true }).catch(() => null);
  if (!found || found.version === saving.version || saving.dirty || saving.going) return;
  show(await get(whole()));
  notice(say("newest_shown"));
}

/** @param {any} found */
function show(found) {
  part = found;
  saving.version = found.version;
  undo.disabled = !found.undo;
  document.title = `${found.title} · serguide`;
  title.textContent = found.title;
  tellAlso();
  if (asText || !found.blocks) {
    showText();
    return;
  }
  const writing = sheet.root.contains(document.activeElement);
  const place = sheet.here ? sheet.blocks.indexOf(sheet.here) : 0;
  stretch.clear();
  sheet.show(found);
  if (writing) focusNear(Math.max(0, place));
  told(found);
  drawRail(sheet, name, starts);
  saved("saved");
}

/** Say in which other sessions this part is: they are another person's, perhaps. */
function tellAlso() {
  const others = (part.used_in ?? []).filter((/** @type {any} */ each) => each.name !== session());
  const titles = others.map((/** @type {any} */ each) =>
    each.for ? say("also_for", { title: each.title, who: each.for }) : each.title,
  );
  also.textContent = titles.length ? say("also_in", { titles: titles.join("; ") }) : "";
  also.hidden = !titles.length;
}

function showText() {
  asText = true;
  textFile.show(part.text);
  fill(sheet.root, textFile.element);
  findings.show([]);
  void get(address("/text")).then(({ problems }) => textFile.tell(problems));
  mode();
}

async function showWords() {
  await saving.flush();
  const found = await get(whole());
  if (!found.blocks) {
    textFile.tell(found.problems);
    notice(say("not_yet_words"));
    return;
  }
  asText = false;
  mode();
  show(found);
}

function mode() {
  document.body.classList.toggle("as-text", asText);
  words.setAttribute("aria-pressed", String(!asText));
  file.setAttribute("aria-pressed", String(asText));
  byId("insert").hidden = asText;
}

const title = make("h1", { class: "part-title" });
const lasts = make("p", { class: "lasts muted small" });
const also = make("p", { class: "also muted small", role: "note", hidden: true });
const undo = make(
  "button",
  { type: "button", class: "quiet", disabled: true, onclick: () => void step(false) },
  icon("undo"),
  make("span", { class: "word" }, say("undo")),
);
const words = make(
  "button",
  { type: "button", "aria-pressed": "true", onclick: () => void showWords() },
  say("words"),
);
const file = make(
  "button",
  {
    type: "button",
    "aria-pressed": "false",
    onclick: () =>
      void saving
        .flush()
        .then(() => get(whole()))
        .then((found) => {
          part = found;
          saving.version = found.version;
          showText();
        }),
  },
  say("text_file"),
);
const listen = make(
  "button",
  { type: "button", class: "ember", onclick: () => void hear() },
  icon("play"),
  make("span", { class: "word" }, say("listen_from_here")),
);

async function hear() {
  if (hearing()) {
    stop();
    return;
  }
  if (sheet.unwritten) {
    notice(say("write_first"));
    sheet.blocks[0]?.focus();
    return;
  }
  // Made by the key or the click itself: a browser may let no sound begin later.
  const context = new AudioContext();
  await saving.flush();
  fill(listen, icon("close"), make("span", { class: "word" }, say("stop_listening")));
  await hearFrom(name, session(), sheet, context).finally(() => {
    fill(listen, icon("play"), make("span", { class: "word" }, say("listen_from_here")));
  });
}

/** Back to where one came from: the session that is open in this tab, or the shelf. */
function showWayBack() {
  const from = openSession();
  wayBack.href = from ? `/session#${encodeURIComponent(from.name)}` : "/";
  fill(wayBack, icon("back"), make("span", { class: "word" }, from?.title ?? say("shelf")));
}

showWayBack();

fill(
  byId("top"),
  wayBack,
  make("div", { class: "what" }, cover(name, "cover small"), make("div", {}, title, lasts, also)),
  make("span", { class: "grow" }),
  make("span", { class: "muted", "data-saved": true, role: "status" }),
  undo,
  make("div", { class: "segmented", role: "group", "aria-label": say("shown_as") }, words, file),
  listen,
);

keys(
  { key: "Ctrl+z", words: say("undo"), typing: true, run: () => void step(false) },
  { key: "Ctrl+y", words: say("redo"), typing: true, run: () => void step(true) },
  { key: "Ctrl+Enter", words: say("listen_from_here"), typing: true, run: () => void hear() },
  { key: "Escape", words: say("stop_listening"), typing: true, run: stop },
  { key: "F8", words: say("next_finding"), typing: true, run: () => findings.next() },
  { key: "Ctrl+.", words: say("use_wording"), typing: true, run: () => findings.use() },
);
// Shift is not in a key's name where a letter goes with it.
document.addEventListener(
  "keydown",
  (event) => {
    const undoing = (event.ctrlKey || event.metaKey) && event.shiftKey;
    if (!undoing || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    event.stopPropagation();
    void step(true);
  },
  { capture: true },
);

sheet.root.addEventListener("focusin", () => {
  if (!asText) drawRail(sheet, name, starts);
});
addEventListener("focus", () => void look());
addEventListener("hashchange", () => location.reload());
setInterval(() => void look(), LOOK);

insertBar(sheet);
copying(sheet, stretch);
pasting(sheet, stretch);
show(await get(whole()));
