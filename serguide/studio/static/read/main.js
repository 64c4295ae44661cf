/** Reading aloud: one sentence at a time, in one's own voice. */

import { byId, fill, make } from "../common/dom.js";
import { Refused, get } from "../common/http.js";
import { icon } from "../common/icons.js";
import { keys } from "../common/keys.js";
import { notice, sentence } from "../common/notice.js";
import { refill } from "../common/refill.js";
import { clock, say } from "../common/words.js";
import { allowed, microphones } from "./microphone.js";
import { Reader } from "./reader.js";
import { above, gauges, head, told } from "./stage.js";
import { addWhole, findSentences, suffixOf } from "./whole.js";

const SIZES = [1.5, 2, 2.5, 3.125, 4];
const FRAME = 80;

const still = matchMedia("(prefers-reduced-motion: reduce)");

const name = decodeURIComponent(location.hash.slice(1));
globalThis.addEventListener("hashchange", () => location.reload());

/** @param {any} data */
async function show(data) {
  let size = 3;
  const reader = new Reader(name, data, () => requestAnimationFrame(draw));
  const progress = make("div", { class: "progress" });
  const rows = make("ol", { class: "above" });
  const now = make("p", { class: "now", "aria-live": "polite" });
  const next = make("p", { class: "next" });
  const meters = gauges();
  const dot = make("span", { class: "dot" });
  const halo = make("span", { class: "halo" });
  const record = make(
    "button",
    { type: "button", class: "record", onclick: () => reader.goOn() },
    halo,
    make("span", { class: "disc" }, dot),
  );
  const state = make("p", { class: "state" });
  const trouble = make("div", { class: "trouble", role: "alert" });
  const waiting = make("p", { class: "small muted", role: "status" });
  const finding = make("p", { class: "finding-told", role: "status" });
  const file = make("input", {
    type: "file",
    class: "sr",
    id: "bring",
    tabindex: "-1",
    accept: "audio/*,video/mp4,.m4a,.mp3,.wav,.flac,.opus,.ogg",
    "aria-label": say("bring_label"),
    onchange: async () => {
      const chosen = file.files?.[0];
      if (!chosen) return;
      try {
        await addWhole(reader.path, chosen, suffixOf(chosen.name), (text) => fill(finding, text));
      } finally {
        file.value = "";
        await reader.refresh();
      }
    },
  });
  const oneGo = make("button", { type: "button", class: "link", onclick: whole }, say("one_go"));
  const end = make(
    "button",
    { type: "button", class: "ember", hidden: true, onclick: endWhole },
    say("one_go_end"),
  );
  const bring = make(
    "button",
    { type: "button", class: "link", onclick: () => file.click() },
    say("bring"),
  );

  async function whole() {
    if (!(await reader.beginWhole())) return;
    fill(finding, say("one_go_on"));
    end.hidden = false;
    end.focus();
  }

  async function endWhole() {
    end.hidden = true;
    oneGo.focus();
    try {
      const id = await reader.endWhole();
      await findSentences(reader.path, id, (text) => fill(finding, text));
    } finally {
      await reader.refresh();
    }
  }

  const unfinished = make("div", { class: "unfinished" });
  /** @param {{ id: string, seconds: number }[]} left - what was begun in one go, and not ended */
  function takeUp(left) {
    fill(
      unfinished,
      left.map(({ id, seconds }) =>
        make(
          "p",
          {},
          say("unfinished", { time: clock(seconds) }),
          " ",
          make(
            "button",
            { type: "button", class: "link", onclick: () => search(id) },
            say("search_it"),
          ),
        ),
      ),
    );
  }

  /** @param {string} id */
  async function search(id) {
    fill(unfinished);
    record.focus();
    try {
      await findSentences(reader.path, id, (text) => fill(finding, text));
    } finally {
      await reader.refresh();
    }
  }

  let announced = "";
  function draw() {
    const { line, lines, place } = reader;
    fill(progress, head(lines, place));
    const focused = rows.contains(document.activeElement);
    fill(
      rows,
      above(lines, place, {
        again: (at) => (reader.readAgainAt(at), record.focus()),
        keep: (at) => reader.keepDoubtful(at).then(() => (notice(say("kept")), record.focus())),
      }),
    );
    if (focused && !rows.contains(document.activeElement)) record.focus();
    if (now.textContent !== (line?.text ?? say("all_read")))
      fill(now, line?.text ?? say("all_read"));
    now.lang = line?.language ?? "";
    now.style.fontSize = `${SIZES[size]}rem`;
    fill(next, line ? (lines[place + 1]?.text ?? "") : say("all_read_hint"));
    next.lang = line ? (lines[place + 1]?.language ?? "") : "";
    record.disabled = !line;
    record.classList.toggle("on", reader.recording);
    record.setAttribute("aria-label", say(reader.recording ? "go_on" : "begin"));
    fill(
      state,
      reader.counting
        ? say("counting", { n: reader.counting })
        : say(reader.recording ? "recording" : "begin_hint"),
    );
    refill(trouble, reader.trouble ? problem() : null);
    fill(waiting, reader.onTheirWay > 1 ? say("waiting", { n: reader.onTheirWay }) : "");
    meters.pace(reader.pace);
    const before = lines
      .slice(0, place)
      .filter((each) => each.state !== "coming")
      .at(-1);
    const text = before?.state === "doubtful" ? `${told(before)} ${before.text}` : "";
    if (text && text !== announced) notice(text);
    announced = text;
    keysShown();
  }

  function problem() {
    return make(
      "div",
      { class: "notice problem" },
      make("p", {}, say(reader.trouble)),
      make(
        "button",
        { type: "button", "data-focus": "try", onclick: () => reader.listen().then(choices) },
        say(reader.trouble === "denied" ? "allow" : "try_again"),
      ),
      make(
        "button",
        { type: "button", "data-focus": "bring", onclick: () => file.click() },
        say("bring_one"),
      ),
    );
  }

  const select = make("select", {
    id: "microphone",
    "aria-label": say("microphone"),
    onchange: () => reader.listen(select.value),
  });
  async function choices() {
    const found = await microphones();
    fill(
      select,
      found.map(({ deviceId, label }, index) =>
        make(
          "option",
          { value: deviceId },
          label || `${say("microphone_usual")} ${index || ""}`.trim(),
        ),
      ),
    );
    if (!found.length) fill(select, make("option", { value: "" }, say("microphone_usual")));
    select.value = reader.device;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  /** @param {number} step */
  function resize(step) {
    size = Math.min(SIZES.length - 1, Math.max(0, size + step));
    draw();
  }
  const sizes = make(
    "div",
    { class: "sizes", role: "group", "aria-label": say("size") },
    make(
      "button",
      {
        type: "button",
        class: "quiet round small-a",
        "aria-label": say("smaller"),
        onclick: () => resize(-1),
      },
      "A",
    ),
    make(
      "button",
      {
        type: "button",
        class: "quiet round large-a",
        "aria-label": say("larger"),
        onclick: () => resize(1),
      },
      "A",
    ),
  );
  byId("top").append(
    make("span", { class: "grow" }),
    make("label", { class: "choose-microphone" }, icon("microphone"), select),
    sizes,
  );

  const shownKeys = make("p", { class: "shown-keys" });
  function keysShown() {
    const shown = [
      [say("key_space"), say(reader.recording ? "key_next" : "key_begin")],
      ["←", say("key_again")],
      ["P", say("key_play")],
      ["esc", say("key_stop")],
    ];
    fill(
      shownKeys,
      shown.map(([key, words]) => make("span", {}, make("kbd", {}, key), ` ${words}`)),
    );
  }

  fill(
    byId("screen"),
    make("h1", { class: "sr" }, data.title),
    progress,
    rows,
    make("div", { class: "sentence" }, now, next),
    trouble,
    make(
      "div",
      { class: "controls" },
      meters.level,
      make("div", { class: "middle" }, record, state),
      meters.rate,
    ),
    make(
      "footer",
      {},
      shownKeys,
      make("p", { class: "others" }, say("or"), oneGo, say("or_else"), bring, file),
      end,
      unfinished,
      finding,
      waiting,
      data.with_values
        ? make("p", { class: "small muted" }, say("with_values", { n: data.with_values }))
        : null,
    ),
  );
  keys(
    { key: " ", words: say("key_next"), run: () => reader.goOn() },
    { key: "ArrowLeft", words: say("key_again"), run: () => reader.readAgain() },
    { key: "ArrowRight", words: say("key_skip"), run: () => reader.skip() },
    { key: "p", words: say("key_play"), run: () => reader.playLast() },
    { key: "+", words: say("key_larger"), run: () => resize(1) },
    { key: "-", words: say("key_smaller"), run: () => resize(-1) },
    {
      key: "Escape",
      words: say("key_stop"),
      run: () => {
        if (!reader.stop() && !reader.onTheirWay) location.assign(back());
      },
    },
  );
  draw();
  record.focus({ preventScroll: true });
  setInterval(() => {
    const report = reader.report();
    meters.show(report);
    // What moves with the voice is shown by the level as well.
    const grown = reader.recording && !still.matches ? report.level * 0.35 : 0;
    halo.style.transform = `scale(${1 + grown})`;
  }, FRAME);
  globalThis.addEventListener("pagehide", () => reader.stop());
  globalThis.addEventListener("beforeunload", (event) => {
    if (reader.onTheirWay || reader.whole) event.preventDefault();
  });
  reader.outbox.takeUp();
  takeUp(data.unfinished ?? []);
  if (data.recovered) notice(say("recovered", { n: data.recovered }));
  if (await allowed()) await reader.listen();
  await choices();
}

function back() {
  return name ? `/session#${encodeURIComponent(name)}` : "/";
}

/** @param {string} title */
function top(title) {
  fill(
    byId("top"),
    make("a", { class: "button quiet", href: back() }, icon("back"), title || say("shelf")),
  );
}

top("");
if (name) {
  fill(byId("screen"), make("p", { class: "muted", role: "status" }, say("loading")));
  try {
    const data = await get(`/api/takes/${encodeURIComponent(name)}`, { quiet: true });
    top(data.title);
    if (data.sentences.length) await show(data);
    else fill(byId("screen"), make("p", { class: "sentence" }, say("nothing")));
  } catch (error) {
    if (!(error instanceof Refused) || error.status === 401) throw error;
    const { message = "", hint = "" } = error.problem ?? {};
    fill(
      byId("screen"),
      make("h1", {}, say("cannot")),
      make("p", {}, sentence(message), " ", hint),
    );
  }
} else {
  fill(byId("screen"), make("p", { class: "sentence" }, say("no_session")));
}
