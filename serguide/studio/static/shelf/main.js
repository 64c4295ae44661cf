/** The shelf: what is yours, what is ready made, and whom something was handed to. */

import { byId, fill, make } from "../common/dom.js";
import { cover, events, get } from "../common/http.js";
import { icon } from "../common/icons.js";
import { keys, showKeys } from "../common/keys.js";
import { rememberSession } from "../common/open_session.js";
import { refill } from "../common/refill.js";
import { language, say } from "../common/words.js";
import { binButton, countBinned, putBackLast, showBin } from "./bin.js";
import { showBroken } from "./broken.js";
import { Finding } from "./finding.js";
import { handedOver } from "./handed.js";
import { makeSession, readOne, writePart } from "./making.js";
import { readyMade } from "./ready.js";
import { closeStudio, faceButton, settings } from "./settings.js";
import { learn, tile } from "./tiles.js";
import { nowUnderWay, underWay } from "./under_way.js";

/** @typedef {import("./tiles.js").Card} Card */

/** Covers beside the invitation to make a session. */
const INVITING = ["stone-in-the-stream", "lantern-path", "porch-by-the-river"];

/** @type {Card[]} */
let cards = [];

rememberSession(null);

const finding = new Finding(() => cards);

function header() {
  fill(
    byId("top"),
    make(
      "h1",
      { class: "brand" },
      make("img", { src: "/static/common/mark.svg", alt: "", width: "36", height: "36" }),
      "serguide",
    ),
    make("span", { class: "grow" }),
    finding.field,
    make(
      "button",
      { type: "button", class: "quiet voice", onclick: () => readOne(cards, language) },
      icon("microphone"),
      make("span", {}, say("your_voice")),
    ),
    faceButton(),
  );
}

/** @param {Record<string, any>} data */
function invitation(data) {
  const button = make(
    "button",
    {
      type: "button",
      class: "invitation card raised",
      onclick: () => makeSession(cards, data.language),
    },
    make("span", { class: "plus" }, icon("plus")),
    make(
      "span",
      { class: "asked" },
      make("span", { class: "serif large" }, say("make")),
      make("span", { class: "muted" }, say("make_hint")),
    ),
    make(
      "span",
      { class: "fan", "aria-hidden": "true" },
      INVITING.map((name) => cover(name)),
    ),
  );
  return button;
}

/** @param {Card[]} own */
function yours(own) {
  const section = make(
    "section",
    { "aria-labelledby": "yours-title" },
    make("h2", { id: "yours-title" }, say("yours")),
  );
  const write = make(
    "button",
    { type: "button", onclick: writePart },
    icon("pencil"),
    make("span", {}, say("write_part")),
  );
  if (!own.length) {
    section.append(
      make(
        "div",
        { class: "nothing" },
        make("span", { class: "gap" }),
        make("span", { class: "gap second" }),
        make(
          "div",
          {},
          make("p", { class: "serif empty" }, say("nothing")),
          make("p", { class: "muted" }, say("nothing_hint")),
          make(
            "div",
            { class: "ways" },
            write,
            make(
              "button",
              { type: "button", class: "link", onclick: () => readOne(cards, language) },
              icon("microphone"),
              make("span", {}, say("read_one")),
            ),
          ),
        ),
      ),
    );
    return section;
  }
  write.className = "tile write";
  section.append(
    make(
      "ul",
      { class: "tiles own" },
      own.map((card) =>
        make("li", { class: "mine" }, tile(card, { onbroken: showBroken }), binButton(card)),
      ),
      make("li", {}, write),
    ),
  );
  return section;
}

/** @param {{ folder: string, inside: string }} place */
function house(place) {
  return make(
    "aside",
    { class: "room house", "aria-label": say("stays") },
    icon("house"),
    make("div", {}, make("strong", {}, say("stays")), make("p", {}, say("stays_hint", place))),
  );
}

function footer() {
  return make(
    "footer",
    { class: "foot" },
    make(
      "button",
      { type: "button", class: "quiet", onclick: settings },
      icon("settings"),
      say("settings"),
    ),
    make("button", { type: "button", class: "quiet", id: "bin", onclick: showBin }),
    make(
      "button",
      { type: "button", class: "quiet", onclick: showKeys },
      make("kbd", {}, "?"),
      say("keys"),
    ),
    make(
      "button",
      { type: "button", class: "quiet", title: say("close_hint"), onclick: closeStudio },
      icon("close"),
      say("close"),
    ),
  );
}

async function show() {
  const [data, waiting] = await Promise.all([get("/api/shelf"), nowUnderWay()]);
  cards = [...data.yours, ...data.ready];
  refill(
    byId("screen"),
    make(
      "div",
      { class: "columns" },
      make(
        "div",
        { class: "left" },
        invitation(data),
        finding.results,
        make("div", { class: "kept" }, yours(data.yours), readyMade(data.ready, data.language)),
      ),
      make(
        "div",
        { class: "right" },
        handedOver(data.handed, underWay(waiting, show)),
        house(data.place),
      ),
    ),
    footer(),
  );
  countBinned(data.binned);
}

/** Lengths want every text laid out: they come when the covers stand. */
async function lengths() {
  const byName = new Map(cards.map((card) => [card.name, card]));
  try {
    for await (const told of events("/api/shelf/lengths", undefined, { quiet: true })) {
      if (told.name) learn(told, byName);
    }
  } catch {
    // The studio was closed meanwhile: what is asked of it next says so.
  }
}

header();
keys(
  { key: "/", words: say("key_find"), run: () => finding.focus() },
  { key: "Ctrl+z", words: say("bin_key"), run: () => void putBackLast() },
  { key: "n", words: say("key_make"), run: () => makeSession(cards, language) },
);
document.addEventListener("shelf-changed", (event) => {
  const shown = show();
  if (event instanceof CustomEvent && event.detail) event.detail.done = shown;
});
// A tab that is come back to, by the browser's own way, shows what was made meanwhile.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) void show().then(lengths);
});
fill(byId("screen"), make("p", { class: "loading muted" }, say("loading")));
await show();
await lengths();
