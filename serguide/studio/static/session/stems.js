/**
 * Sound of a part as it comes from the studio: lines of JSON, then samples, played by Web Audio.
 *
 * The stream has four channels, voice and soundscape two each, so that the level of one is set
 * against the other while both play on. Every beginning and end fades in 300 ms.
 */

import { open } from "../common/http.js";

export const FADE = 0.3;

const CHANNELS = 4;
const BYTES = 2 * CHANNELS;
const FIRST = 0.12; // seconds in the first piece, so that it is heard soon
const PIECE = 0.5;
const AHEAD = 8; // seconds that are fetched before they are heard
const LEAD = 0.06;

/**
 * @typedef {object} Heard
 * @property {(done: number, total: number) => void} speaking
 * @property {(facts: { from: number, frames: number, spoken: number }) => void} begun
 * @property {() => void} ended
 * @property {(problem: { message: string, hint?: string }) => void} failed
 */

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
    this.begins = 0;
    this.scheduled = 0;
    this.stopped = false;
    /** @type {number | null} */
    this.level = null;
    this.#run(asked).catch((error) => this.#failed(error));
  }

  /** Return the sample of the part that is heard now. */
  get position() {
    if (!this.facts) return 0;
    const late = this.context.outputLatency || 0;
    const gone = Math.max(0, this.context.currentTime - late - this.begins);
    return Math.min(this.facts.frames, this.facts.from + Math.round(gone * this.facts.rate));
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
    /** @type {Uint8Array} */
    let rest = new Uint8Array();
    for (;;) {
      const { value, done } = await reader.read();
      if (this.stopped && !this.facts) return;
      if (value) rest = joined(rest, value);
      while (!this.facts) {
        const end = rest.indexOf(10);
        if (end < 0) break;
        const told = JSON.parse(new TextDecoder().decode(rest.subarray(0, end)));
        rest = rest.subarray(end + 1);
        if (!this.#told(told)) return;
      }
      if (this.facts) rest = await this.#play(rest, done);
      if (done) break;
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
    this.begins = this.context.currentTime + LEAD;
    this.out.gain.setValueAtTime(0, this.begins);
    this.out.gain.linearRampToValueAtTime(1, this.begins + FADE);
    if (this.level !== null) this.setLevel(this.level);
    this.heard.begun(told.sound);
    return true;
  }

  /**
   * Schedule what has come; returns the bytes that are too few yet.
   *
   * @param {Uint8Array} bytes
   * @param {boolean} last
   */
  async #play(bytes, last) {
    const rate = this.facts?.rate ?? 48000;
    let rest = bytes;
    for (;;) {
      const least = Math.round(rate * (this.scheduled ? PIECE : FIRST));
      const frames = Math.floor(rest.length / BYTES);
      if (frames < 1 || (frames < least && !last)) return rest;
      const taken = Math.min(frames, Math.round(rate * PIECE));
      this.#schedule(rest.subarray(0, taken * BYTES), taken, rate);
      rest = rest.subarray(taken * BYTES);
      await this.#until(AHEAD);
      if (this.ending.signal.aborted) return rest;
    }
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} frames
   * @param {number} rate
   */
  #schedule(bytes, frames, rate) {
    const samples = new Int16Array(bytes.slice().buffer);
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
    let when = this.begins + this.scheduled / rate;
    const now = this.context.currentTime;
    if (when < now) {
      // What was late is heard later, not cut.
      this.begins += now + LEAD - when;
      when = now + LEAD;
    }
    const source = new AudioBufferSourceNode(this.context, { buffer });
    source.connect(this.splitter);
    source.start(when);
    this.scheduled += frames;
  }

  /**
   * Wait until no more than some seconds are left that are not heard yet.
   *
   * @param {number} seconds
   */
  async #until(seconds) {
    const rate = this.facts?.rate ?? 48000;
    while (!this.ending.signal.aborted) {
      const left = this.begins + this.scheduled / rate - this.context.currentTime;
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

/**
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 */
function joined(first, second) {
  if (!first.length) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
