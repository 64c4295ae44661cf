/** Put the parts together: what a tap does, and what follows the sound. */

import { Captions } from "./captions.js";
import { Checkin } from "./checkin.js";
import { chime } from "./chime.js";
import { readData } from "./data.js";
import { byId, elements, show, write } from "./dom.js";
import { unpacked } from "./inlined.js";
import { listen } from "./keys.js";
import { LockScreen } from "./lockscreen.js";
import { Memory } from "./memory.js";
import { Note } from "./note.js";
import { keepOffline } from "./offline.js";
import { Pacer } from "./pacer.js";
import { Parts } from "./parts.js";
import { Player } from "./player.js";
import { Resume } from "./resume.js";
import { Room } from "./room.js";
import { Scene } from "./scene.js";
import { Seekbar } from "./seekbar.js";
import { Settings } from "./settings.js";
import { Sleep } from "./sleep.js";
import { Views } from "./views.js";
import { WakeLock } from "./wakelock.js";
import { clock, Words } from "./words.js";

const KEEP_EVERY = 4000;
const STOP = 900;

const data = readData();
const words = new Words(data.words, data.ui);
const views = new Views(() => player.playing || ground.playing);
const memory = new Memory(`serguide:${data.id}`);
const shelf = new Memory(`serguide:at:${data.name}:${location.pathname}`);
const resume = new Resume(memory, shelf, data);
const wakeLock = new WakeLock();

const element = byId("session-audio");
const groundElement = byId("ground-audio");
for (const each of [element, groundElement]) {
  const source = unpacked(each);
  if (source !== each.getAttribute("src")) each.src = source;
}
const player = new Player(element, data.duration);
const ground = new Player(groundElement, data.ground.duration);
const captions = new Captions(data.says, byId("caption"));
const pacer = new Pacer(data.breaths, words, settleLock);
const room = new Room({
  session: player,
  ground,
  views,
  says: data.says,
  score: data.ground,
  words,
  changed: () => {
    settleLock();
    follow();
  },
});
const seekbar = new Seekbar(data, words, (at) => player.seek(at));
const parts = new Parts(data, words, goTo, partChanged);
const sleep = new Sleep(player, parts, words);
const checkin = new Checkin(memory, words, !data.grounding);
const scene = new Scene(data);
new Note({ memory, checkin, words, data });
const settings = new Settings({
  memory: new Memory("serguide:settings"),
  session: player,
  ground,
  captions: (wanted) => show(byId("caption"), wanted),
  pacer: (wanted) => {
    pacer.wanted = room.pacer.wanted = wanted;
    pacer.draw(element.currentTime);
  },
  words,
});
const lockScreen = new LockScreen(data, byId("cover").src, {
  play: () => (views.name === "ground" ? room.toggle() : start()),
  pause: () => {
    player.pause();
    ground.pause();
  },
  stop: () => {
    player.pause();
    ground.pause();
  },
  seekbackward: ({ seekOffset }) => player.seek(player.at - (seekOffset || 15)),
  seekforward: ({ seekOffset }) => player.seek(player.at + (seekOffset || 15)),
  seekto: ({ seekTime }) => player.seek(seekTime ?? player.at),
  previoustrack: () => player.seek(parts.before(player.at)),
  nexttrack: () => {
    const at = parts.after(player.at);
    if (at !== null) player.seek(at);
  },
});

/** @param {string} text */
function say(text) {
  write(byId("live"), text);
}

/** Start or go on, from anywhere. */
function start() {
  if (ground.playing) room.leave();
  player.play();
  views.show("playing");
}

/** @param {number} at */
function begin(at) {
  checkin.fresh();
  player.seek(at);
  start();
}

/** @param {number} at */
function goTo(at) {
  player.seek(at);
  start();
}

function toggle() {
  if (views.name === "ground") room.toggle();
  else if (player.playing) player.pause();
  else if (views.name === "before" && checkin.roomFirst) room.enter();
  else if (views.name === "before") begin(resume.saved() ?? 0);
  else start();
}

async function stopForToday() {
  await Promise.all([player.pause(STOP), room.leave(STOP)]);
  farewell("after_stop");
}

/** @param {string} key */
function farewell(key) {
  write(byId("after-title"), words.say(key));
  views.show("after");
}

function ended() {
  resume.finish();
  sleep.choose("off");
  if (data.ending === "sleep") {
    views.show("night", { focus: false });
    return;
  }
  chime(player.loudness);
  farewell("after_end");
  say(words.say("after_end"));
}

/** @param {Track} part */
function partChanged(part) {
  lockScreen.tell(part.title);
  scene.show(parts.index);
  if (!player.playing) return;
  const [n, total] = [parts.index + 1, data.tracks.length];
  say(total > 1 ? `${part.title}, ${words.say("part", { n, total })}` : part.title);
}

function settleLock() {
  const breathing = player.playing && views.name === "playing" && pacer.moving;
  wakeLock.want(breathing || (room.going && views.name === "ground"));
}

function settleButtons() {
  const label = words.say(player.playing ? "pause" : "play");
  byId("play").setAttribute("aria-label", label);
  byId("play").classList.toggle("on", player.playing);
  write(byId("state"), player.playing ? "" : words.say("paused"));
  document.body.classList.toggle("sounding", player.playing || ground.playing);
  lockScreen.state(player.playing || ground.playing);
  settleLock();
}

function offerResume() {
  const at = resume.saved();
  show(byId("resume"), at !== null);
  byId("begin").textContent = words.say(at === null ? "begin" : "from_start");
  byId("begin").classList.toggle("go", at === null);
  if (at !== null) byId("resume").textContent = words.say("resume", { time: clock(at) });
}

function keep() {
  if (player.at > 0) resume.keep(player.at);
}

/** All that follows the clock of a sound. */
function draw() {
  const at = element.currentTime;
  captions.draw(at);
  pacer.draw(at);
  room.draw();
  parts.draw(player.at);
  seekbar.draw(player.at);
  sleep.draw();
}

let drawing = 0;
function follow() {
  if (drawing) return;
  const frame = () => {
    draw();
    drawing = player.playing || room.going ? requestAnimationFrame(frame) : 0;
  };
  drawing = requestAnimationFrame(frame);
}

function place() {
  lockScreen.place(player.at, data.duration, element.playbackRate);
}

function wire() {
  /**
   * @param {PageId} id
   * @param {() => void} action
   */
  const press = (id, action) => byId(id).addEventListener("click", action);
  press("begin", () => begin(0));
  press("resume", () => begin(resume.saved() ?? 0));
  press("anyway", () => begin(resume.saved() ?? 0));
  press("play", toggle);
  press("back-15", () => player.seek(player.at - 15));
  press("on-15", () => player.seek(player.at + 15));
  press("stop", stopForToday);
  press("once-more", () => views.show("before"));
  press("wake", () => farewell("after_end"));
  for (const button of document.querySelectorAll("button")) {
    const { opens, at, back } = button.dataset;
    if (opens) button.addEventListener("click", () => views.show(opens, { aside: true, at }));
    if (back !== undefined) button.addEventListener("click", () => views.back());
  }
  listen({
    room: () => room.enter(),
    toggle,
    seek: (by) => {
      if (views.name === "playing") player.seek(player.at + by);
    },
    volume: (step) => settings.volume(step),
    speed: (step) => settings.speed(step),
    mute: () => say(settings.mute()),
  });
  player.addEventListener("change", () => {
    settleButtons();
    keep();
    place();
    follow();
  });
  player.addEventListener("moved", () => {
    draw();
    place();
    if (player.playing) keep();
  });
  player.addEventListener("failed", () => {
    show(byId("broken"), true);
    show(byId("missing"), true);
    show(byId("missing-ground"), false);
  });
  ground.addEventListener("failed", () => {
    show(byId("missing-ground"), Boolean(byId("missing").hidden));
  });
  player.addEventListener("finished", ended);
  ground.addEventListener("change", () => {
    settleButtons();
    follow();
  });
  element.addEventListener("timeupdate", draw);
  groundElement.addEventListener("timeupdate", draw);
  setInterval(() => {
    if (player.playing) {
      keep();
      place();
    }
  }, KEEP_EVERY);
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    keep();
    draw();
  });
  views.onChange(settleLock);
  views.onChange((name) => {
    if (name === "before") offerResume();
  });
  views.onChange((name) => show(byId("over"), name !== "before"));
}

wire();
offerResume();
settleButtons();
draw();
for (const late of elements("[data-late]")) late.hidden = false;
document.documentElement.dataset.ready = "";
document.documentElement.classList.add("js");
views.show("before", { focus: false });
keepOffline();
