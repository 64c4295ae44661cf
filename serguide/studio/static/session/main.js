/** The session's screen: arrange it, hear it, look at what the check found, hand it over. */

import { byId, fill, make } from "../common/dom.js";
import { Refused, cover } from "../common/http.js";
import { icon } from "../common/icons.js";
import { keys } from "../common/keys.js";
import { leave } from "../common/leaving.js";
import { notice, sentence } from "../common/notice.js";
import { rememberSession } from "../common/open_session.js";
import { say } from "../common/words.js";
import { bedSetting, loadBeds } from "./bed_setting.js";
import { evening } from "./evening.js";
import { findingsSection, nextFinding } from "./findings_list.js";
import { lengthSetting } from "./length_setting.js";
import { goTo, pause, skip, toggle, warm } from "./listening.js";
import { findings } from "./lit.js";
import { leaveOut, moveShown, partsColumn } from "./parts_list.js";
import { parts, shownPlace } from "./place.js";
import { change, current, load, lookAgain, nameOf, redo, undo, watch } from "./plan.js";
import { refill } from "../common/refill.js";
import { roomSetting, takeRooms } from "./room_setting.js";
import { voiceSetting } from "./voice_setting.js";
import { whomSetting } from "./whom_setting.js";
import { stepSentence, wordsSection } from "./words_list.js";

/** @type {HTMLElement} */
let titles;
/** @type {HTMLElement} */
let steps;
/** @type {HTMLInputElement} */
let title;

function topBar() {
  titles = make("div", { class: "titles" });
  steps = make("div", { class: "steps" });
  title = make("input", {
    type: "text",
    class: "title serif",
    "aria-label": say("name_it"),
    onchange: () => change({ kind: "title", title: title.value }),
    oninput: () => fit(),
  });
  fill(
    byId("top"),
    make("a", { class: "button quiet back", href: "/" }, icon("back"), say("shelf")),
    titles,
    make("span", { class: "grow" }),
    make("span", { class: "muted", "data-saved": true, role: "status" }, say("saved")),
    steps,
    make("button", { type: "button", class: "ember", onclick: handOver }, say("hand_over")),
  );
}

/** As wide as its title; most browsers see to that by themselves. */
function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  title.style.width = `${Math.min(34, Math.max(8, title.value.length + 1))}ch`;
}

let named = "";

function renderTop() {
  const plan = current();
  if (!plan) return;
  if (document.activeElement !== title) title.value = plan.title;
  fit();
  document.title = plan.title;
  rememberSession({ name: plan.name, title: plan.title });
  const key = JSON.stringify([plan.name, plan.made_for]);
  if (key !== named) {
    named = key;
    const whom = plan.made_for && say("for_whom_of", { name: plan.made_for });
    fill(
      titles,
      make("h1", { class: "sr" }, plan.title),
      cover(plan.name, "cover small"),
      title,
      make("span", { class: "muted made-for" }, whom),
    );
  }
  refill(steps, button("undo", undo, Boolean(plan.undo)), plan.redo && button("redo", redo, true));
}

/**
 * @param {"undo" | "redo"} kind
 * @param {() => void} run
 * @param {boolean} there
 */
function button(kind, run, there) {
  const attributes = {
    type: "button",
    class: `quiet ${kind}`,
    "data-focus": kind,
    "aria-disabled": there ? null : "true",
    onclick: () => there && run(),
  };
  return make("button", attributes, icon("undo"), make("span", {}, say(kind)));
}

let warned = false;

/** Hand the session over; what is still to be looked at comes first. */
function handOver() {
  const found = findings();
  const stops = found.some((finding) => finding.stops);
  if (found.length && (stops || !warned)) {
    warned = true;
    notice(say(stops ? "must_look" : "look_first"));
    nextFinding();
    return;
  }
  pause();
  void leave(`/handover#${encodeURIComponent(nameOf())}`);
}

/** @param {number} by */
function stepPart(by) {
  const part = parts()[shownPlace() + by];
  if (part) goTo(part.start);
}

function bind() {
  keys(
    { key: " ", words: say("key_play"), run: toggle },
    { key: "ArrowLeft", words: say("key_five"), run: () => skip(-5) },
    { key: "ArrowRight", words: say("key_five"), run: () => skip(5) },
    { key: "Shift+ArrowLeft", words: say("key_sentence"), run: () => stepSentence(-1) },
    { key: "Shift+ArrowRight", words: say("key_sentence"), run: () => stepSentence(1) },
    { key: "n", words: say("key_part_next"), run: () => stepPart(1) },
    { key: "p", words: say("key_part_before"), run: () => stepPart(-1) },
    { key: "Alt+ArrowUp", words: say("key_up"), run: () => moveShown(-1) },
    { key: "Alt+ArrowDown", words: say("key_down"), run: () => moveShown(1) },
    { key: "Delete", words: say("key_leave"), run: leaveOut },
    { key: "f", words: say("key_finding"), run: nextFinding },
    { key: "Ctrl+h", words: say("key_hand"), run: handOver, typing: true },
    { key: "Ctrl+z", words: say("undo"), run: undo },
    { key: "Ctrl+y", words: say("redo"), run: redo },
    { key: "/", words: say("add_part"), run: () => focusOn("add") },
    { key: "Escape", words: say("shelf"), run: () => void leave("/") },
  );
}

/** @param {string} key */
function focusOn(key) {
  const found = document.querySelector(`[data-focus="${key}"]`);
  if (found instanceof HTMLElement) found.focus();
}

/** @param {unknown} error */
function cannotOpen(error) {
  // A tab without its key has said so already.
  if (error instanceof Refused && error.status === 401) return;
  const told = error instanceof Refused ? error.problem : undefined;
  const lines = told?.problems ?? [];
  fill(
    byId("screen"),
    make(
      "div",
      { class: "shut-out" },
      make("h1", {}, say("cannot_open")),
      make("p", {}, told ? `${sentence(told.message)} ${sentence(told.hint)}` : String(error)),
      make(
        "ul",
        { class: "muted" },
        lines.map((each) => make("li", {}, say("line_of", each))),
      ),
      make(
        "p",
        {},
        make(
          "a",
          { class: "button", href: `/words#${encodeURIComponent(nameOf())}` },
          say("show_it"),
        ),
        " ",
        make("a", { class: "button quiet", href: "/" }, say("shelf")),
      ),
    ),
  );
}

async function begin() {
  if (!nameOf()) {
    location.replace("/");
    return;
  }
  const screen = byId("screen");
  topBar();
  fill(
    screen,
    partsColumn(),
    make("div", { class: "middle" }, evening(), wordsSection()),
    make(
      "div",
      { class: "settings" },
      lengthSetting(),
      voiceSetting(),
      bedSetting(),
      whomSetting(),
      findingsSection(),
    ),
    roomSetting(),
  );
  watch(renderTop);
  screen.setAttribute("aria-busy", "true");
  try {
    await load();
  } catch (error) {
    cannotOpen(error);
    return;
  } finally {
    screen.removeAttribute("aria-busy");
  }
  bind();
  loadBeds().then(takeRooms);
  warm();
  addEventListener("focus", () => lookAgain());
  addEventListener("hashchange", () => location.reload());
}

await begin();
