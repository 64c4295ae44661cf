/**
 * Sound of a part as it comes from the studio: lines of JSON, and samples between them, played by
 * Web Audio. What follows is spoken while the first sentence is heard.
 *
 * The samples have four channels, voice and soundscape two each, so that the level of one is set
 * against the other while both play on. Every beginning and end fades in 300 ms.
 */

import { open } from "../common/http.js";

export const FADE = 0.3;

const CHANNELS = 4;
const BYTES = 2 * CHANNELS;
const AHEAD = 8; // seconds that are fetched before they are heard
const LEAD = 0.06;

/**
 * @typedef {object} Heard
 * @property {(done: number, total: number) => void} speaking
 * @property {(facts: { from: number, frames: number, spoken: number }) => void} begun
 * @property {() => void} ended
 * @property {(problem: { message: string, hint?: string }) => void} failed
 */

/**
 * A stretch of sound that is on its way to the loudspeaker; when: on the context's clock; at: its
 * first sample, in the plan.
 *
 * @typedef {{ when: number, at: number, frames: number }} Stretch
 */

/** Lines and stretches of bytes, as they come. */
class Incoming {
  /** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
  constructor(reader) {
    this.reader = reader;
    /** @type {Uint8Array[]} */
    this.pieces = [];
    this.length = 0;
  }

  /** Return the next line; null at the end. */
  async line() {
    for (;;) {
      const all = this.#joined();
      const end = all.indexOf(10);
      if (end >= 0) {
        this.#keep(all.subarray(end + 1));
        return new TextDecoder().decode(all.subarray(0, end));
      }
      if (!(await this.#more())) return null;
    }
  }

  /**
   * Return so many bytes, in memory of their own; null where the stream ends before.
   *
   * @param {number} count
   */
  async bytes(count) {
    while (this.length < count) if (!(await this.#more())) return null;
    const all = this.#joined();
    this.#keep(all.subarray(count));
    return all.slice(0, count);
  }

  async #more() {
    const { value, done } = await this.reader.read();
    if (value) {
      this.pieces.push(value);
      this.length += value.length;
    }
    return !done;
  }

  #joined() {
    const [only] = this.pieces;
    if (this.pieces.length === 1 && only) return only;
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    this.#keep(all);
    return all;
  }

  /** @param {Uint8Array} rest */
  #keep(rest) {
    this.pieces = rest.length ? [rest] : [];
    this.length = rest.length;
  }
}

/** One stream, from one place to the end of its part. */
export class Stems {
  /**
   * @param {AudioContext} context
   * @param {Record<string, unknown>} asked - name, part, and line or at
   * @param {Heard} heard
   */
  constructor(context, asked, heard) {
    this.context = context;
    this.heard = heard;
    this.ending = new AbortController();
    this.out = new GainNode(context, { gain: 0 });
    this.bed = new GainNode(context);
    this.splitter = new ChannelSplitterNode(context, { numberOfOutputs: CHANNELS });
    const voice = new ChannelMergerNode(context, { numberOfInputs: 2 });
    const under = new ChannelMergerNode(context, { numberOfInputs: 2 });
    this.splitter.connect(voice, 0, 0);
    this.splitter.connect(voice, 1, 1);
    this.splitter.connect(under, 2, 0);
    this.splitter.connect(under, 3, 1);
    voice.connect(this.out);
    under.connect(this.bed).connect(this.out);
    this.out.connect(context.destination);
    /** @type {{ from: number, frames: number, level: number | null, rate: number } | null} */
    this.facts = null;
    /** When what is scheduled ends, on the context's clock. */
    this.ends = 0;
    /** @type {Stretch[]} */
    this.stretches = [];
    this.stopped = false;
    /** @type {number | null} */
    this.level = null;
    this.#run(asked).catch((error) => this.#failed(error));
  }

  /** Return the sample of the part that is heard now. */
  get position() {
    if (!this.facts) return 0;
    const { rate, from } = this.facts;
    const now = this.context.currentTime - (this.context.outputLatency || 0);
    while (this.stretches[1] && this.stretches[1].when <= now) this.stretches.shift();
    const [heard] = this.stretches;
    if (!heard) return from;
    const gone = Math.round(Math.max(0, now - heard.when) * rate);
    return heard.at + Math.min(heard.frames, gone);
  }

  /**
   * Set the soundscape's level, in dB under the voice, while it plays.
   *
   * @param {number} level
   */
  setLevel(level) {
    this.level = level;
    if (!this.facts || this.facts.level === null) return;
    const gain = 10 ** ((level - this.facts.level) / 20);
    this.bed.gain.setTargetAtTime(gain, this.context.currentTime, 0.05);
  }

  /** Fade out, and let go. */
  stop() {
    if (this.stopped) return;
    this.stopped = true;
    const now = this.context.currentTime;
    this.out.gain.cancelScheduledValues(now);
    this.out.gain.setValueAtTime(this.out.gain.value, now);
    this.out.gain.linearRampToValueAtTime(0, now + FADE);
    setTimeout(() => this.#letGo(), FADE * 1000 + 80);
  }

  #letGo() {
    this.ending.abort();
    this.splitter.disconnect();
    this.out.disconnect();
  }

  /** @param {Record<string, unknown>} asked */
  async #run(asked) {
    const options = { signal: this.ending.signal, quiet: true };
    const response = await open("/api/listening", asked, options);
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const stream = new Incoming(reader);
    for (;;) {
      const line = await stream.line();
      if (line === null || (this.stopped && !this.facts)) break;
      const told = JSON.parse(line);
      if (!this.#told(told)) return;
      if (!told.bytes) continue;
      const samples = await stream.bytes(told.bytes);
      if (!samples || this.ending.signal.aborted) return;
      this.#schedule(samples, told.at);
      await this.#until(AHEAD);
    }
    await this.#until(0);
    if (!this.stopped) {
      this.heard.ended();
      this.stop();
    }
  }

  /**
   * @param {any} told
   * @returns {boolean} whether there is more
   */
  #told(told) {
    if (told.problem) {
      this.heard.failed(told.problem);
      this.stop();
      return false;
    }
    if (told.speaking) this.heard.speaking(told.speaking[0], told.speaking[1]);
    if (!told.sound) return true;
    this.facts = told.sound;
    this.ends = this.context.currentTime + LEAD;
    this.out.gain.setValueAtTime(0, this.ends);
    this.out.gain.linearRampToValueAtTime(1, this.ends + FADE);
    if (this.level !== null) this.setLevel(this.level);
    this.heard.begun(told.sound);
    return true;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} at - its first sample, in the plan
   */
  #schedule(bytes, at) {
    const rate = this.facts?.rate ?? 48000;
    const frames = Math.floor(bytes.length / BYTES);
    if (!frames) return;
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, frames * CHANNELS);
    const buffer = new AudioBuffer({
      length: frames,
      numberOfChannels: CHANNELS,
      sampleRate: rate,
    });
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const data = buffer.getChannelData(channel);
      for (let frame = 0; frame < frames; frame += 1) {
        data[frame] = (samples[frame * CHANNELS + channel] ?? 0) / 32767;
      }
    }
    const now = this.context.currentTime;
    // What was late, because it was still being spoken, is heard later, not cut.
    if (this.ends < now) this.ends = now + LEAD;
    const source = new AudioBufferSourceNode(this.context, { buffer });
    source.connect(this.splitter);
    source.start(this.ends);
    this.stretches.push({ when: this.ends, at, frames });
    this.ends += frames / rate;
  }

  /**
   * Wait until no more than some seconds are left that are not heard yet.
   *
   * @param {number} seconds
   */
  async #until(seconds) {
    while (!this.ending.signal.aborted) {
      const left = this.ends - this.context.currentTime;
      if (left <= seconds) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(250, (left - seconds) * 1000)));
    }
  }

  /** @param {any} error */
  #failed(error) {
    if (this.stopped || this.ending.signal.aborted) return;
    this.heard.failed(error.problem ?? { message: String(error.message ?? error) });
    this.stop();
  }
}
