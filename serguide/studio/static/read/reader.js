/** Reading: which sentence it is, what the keys mean, and where its sound goes. */

import { get, open, send } from "../common/http.js";
import { Meter, hums } from "./meter.js";
import { NoMicrophone, openMicrophone } from "./microphone.js";
import { Outbox } from "./outbox.js";
import { JUST, Reel, wav } from "./reel.js";
import { WholeReading } from "./whole.js";

/** @typedef {import("./stage.js").Line} Line */

const COUNT = 3;
const BEAT = 700;
const FADE = 0.3;

/** Seconds that a cut keeps before and after the words. */
const EDGES = 0.6;

/** Hold the sentences and the sound; `changed` is called when something is to be drawn anew. */
export class Reader {
  /**
   * @param {string} name
   * @param {any} data - of `/api/takes/NAME`
   * @param {() => void} changed
   */
  constructor(name, data, changed) {
    this.path = `/api/takes/${encodeURIComponent(name)}`;
    this.changed = changed;
    /** @type {Line[]} */
    this.lines = data.sentences;
    this.place = this.unread(0);
    this.meter = new Meter();
    /** @type {"" | "denied" | "missing" | "lost"} */
    this.trouble = "";
    this.counting = 0;
    this.onTheirWay = 0;
    this.pace = 0;
    this.device = "";
    /** @type {Awaited<ReturnType<typeof openMicrophone>> | null} */
    this.microphone = null;
    /** @type {Promise<boolean> | null} */
    this.opening = null;
    /** @type {import("./whole.js").WholeReading | null} */
    this.whole = null;
    this.reel = new Reel((take) => this.keep(take));
    this.outbox = new Outbox(
      ({ path, sound }) => send("PUT", path, sound, { quiet: true }),
      (parcel, answer) => this.came(parcel.id, answer),
      (left) => {
        this.onTheirWay = left;
        this.changed();
      },
    );
  }

  get line() {
    return this.lines[this.place];
  }

  get recording() {
    return this.reel.recording;
  }

  /** @param {number} first */
  unread(first) {
    const found = this.lines.findIndex(
      ({ state }, at) => at >= first && state !== "good" && state !== "coming",
    );
    return found < 0 ? this.lines.length : found;
  }

  /**
   * Open the microphone, or another one; who asks meanwhile waits for the same.
   *
   * @param {string} [device]
   * @returns {Promise<boolean>} whether one is open
   */
  listen(device = this.device) {
    this.opening ??= this.open(device).finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  /** @param {string} device */
  async open(device) {
    await this.microphone?.close();
    this.microphone = null;
    try {
      this.microphone = await openMicrophone(
        device,
        (block) => this.hear(block),
        () => this.lose(),
      );
      this.device = this.microphone.device;
      this.trouble = "";
    } catch (error) {
      this.trouble = error instanceof NoMicrophone ? error.why : "missing";
    }
    this.changed();
    return this.microphone !== null;
  }

  lose() {
    this.reel.finish(this.line?.id);
    this.microphone = null;
    this.trouble = "lost";
    this.changed();
  }

  /** @param {Float32Array} block */
  hear(block) {
    this.meter.add(block);
    // What is read in one go is not kept here as well.
    if (this.whole) this.whole.hear(block);
    else this.reel.hear(block);
  }

  report() {
    const report = this.meter.report(this.recording);
    const hum = report.room === "quiet" && this.microphone && !this.recording;
    if (hum) {
      const { decibels, width } = this.microphone?.spectrum() ?? { decibels: null, width: 1 };
      if (decibels && hums(decibels, width)) return { ...report, room: "hum" };
    }
    return report;
  }

  /** Begin, after a count; while recording, keep the sentence and go to the next (space). */
  async goOn() {
    if (!this.line || this.counting) return;
    if (this.whole && this.recording) {
      this.place = Math.min(this.lines.length - 1, this.place + 1);
      this.changed();
      return;
    }
    if (this.recording) {
      this.line.state = "coming";
      this.reel.mark(this.line.id);
      this.place = this.unread(this.place + 1);
      if (!this.line) this.reel.pause();
      this.changed();
      return;
    }
    if (!this.microphone && !(await this.listen())) return;
    await this.count();
    if (this.line) this.reel.begin();
    this.changed();
  }

  /** Give a voice time to come: three beats, in which the room is heard. */
  async count() {
    for (this.counting = COUNT; this.counting > 0; this.counting -= 1) {
      this.changed();
      await new Promise((go) => setTimeout(go, BEAT));
    }
    this.counting = 0;
  }

  /** Read this one again from its beginning; just after it came up, the one before (←). */
  readAgain() {
    if ((!this.recording || this.reel.lasted < JUST) && this.place > 0) this.place -= 1;
    if (this.recording) this.reel.begin();
    this.changed();
  }

  /** @param {number} at */
  readAgainAt(at) {
    this.place = at;
    if (this.recording) this.reel.begin();
    this.changed();
  }

  /** Leave this one for now (→). */
  skip() {
    this.place = Math.min(this.lines.length, this.place + 1);
    if (this.recording && this.line) this.reel.begin();
    else this.reel.pause();
    this.changed();
  }

  /** Keep what is being read, and stop (Esc); returns whether anything was going on. */
  stop() {
    const going = this.recording || this.counting > 0;
    if (this.whole) {
      this.whole.finish();
      return going;
    }
    const { line } = this;
    if (this.recording && line && this.reel.lasted >= JUST) line.state = "coming";
    this.reel.finish(line?.id);
    this.changed();
    return going;
  }

  /** Let what was read last be heard; nothing is recorded meanwhile (P). */
  async playLast() {
    const before = this.lines
      .slice(0, this.place)
      .filter(({ state }) => /good|doubtful/.test(state))
      .at(-1);
    if (!before) return;
    this.reel.pause();
    this.changed();
    const path = `${this.path}/sound?sentence=${before.id}`;
    const bytes = await (await open(path)).arrayBuffer();
    const context = new AudioContext();
    const sound = await context.decodeAudioData(bytes);
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    const fade = new GainNode(context, { gain: 0 });
    const { currentTime } = context;
    fade.gain.setValueAtTime(0, currentTime);
    fade.gain.linearRampToValueAtTime(1, currentTime + FADE);
    source.connect(fade).connect(context.destination);
    source.onended = () => context.close();
    source.start();
  }

  /**
   * Count a doubtful one as good, because the person says so.
   *
   * @param {number} at
   */
  async keepDoubtful(at) {
    const line = this.lines[at];
    if (!line) return;
    Object.assign(line, await send("POST", `${this.path}/keep`, { sentence: line.id }));
    this.changed();
  }

  /** @param {import("./reel.js").Take} take */
  keep({ id, samples, turn, key, last }) {
    const query = `turn=${turn.toFixed(4)}&key=${key.toFixed(4)}${last ? "&last=1" : ""}`;
    this.outbox.put({ id, path: `${this.path}/${id}?${query}`, sound: wav([samples]) });
  }

  /**
   * @param {string} id
   * @param {any} answer
   */
  came(id, answer) {
    const line = this.lines.find((each) => each.id === id);
    if (line && answer.state === "nothing") line.state = line.readings ? "good" : "unread";
    else if (line) {
      Object.assign(line, answer);
      if (answer.state === "good") this.measure(line);
    }
    this.changed();
  }

  /**
   * Note the pace of a sentence that was read.
   *
   * @param {Line} line
   */
  measure({ words, seconds }) {
    if (words < 3 || seconds <= EDGES) return;
    const now = (60 * words) / (seconds - EDGES);
    this.pace = this.pace ? 0.6 * this.pace + 0.4 * now : now;
  }

  /** Begin to read all of it in one go. */
  async beginWhole() {
    if (!this.microphone && !(await this.listen())) return false;
    this.place = 0;
    await this.count();
    this.whole = new WholeReading((parcel) => this.outbox.put(parcel), this.path);
    this.reel.recording = true;
    this.reel.begin();
    this.changed();
    return true;
  }

  /** End it; returns its id, when all of it has come to the studio. */
  async endWhole() {
    const { whole } = this;
    if (!whole) return "";
    this.whole = null;
    this.reel.pause();
    this.changed();
    whole.finish();
    await this.outbox.empty();
    return whole.id;
  }

  /** Take the states anew, after a whole recording was added. */
  async refresh() {
    this.lines = (await get(this.path)).sentences;
    this.place = this.unread(0);
    this.changed();
  }
}
