/**
 * The sound of reading, which never stops: a take is a stretch of it, from a second before a
 * sentence's turn to a little after the key, so that neither a quick voice nor a slow headset
 * loses an edge. The same as `reading/prompter/prompter.py` does it.
 */

export const RATE = 48_000;

/** Frames that a take keeps from before its turn, and from after the key. */
export const LEAD = RATE;
export const TAIL = Math.round(0.4 * RATE);

/** Frames into a sentence in which “read again” means the one before. */
export const JUST = Math.round(0.8 * RATE);

/**
 * One sentence's sound; turn, key: seconds in it; last: reading ended with it.
 *
 * @typedef {{ id: string, samples: Float32Array, turn: number, key: number, last: boolean }} Take
 */

/** Keep what is heard as long as a take may need it, and hand takes over when they are whole. */
export class Reel {
  /** @param {(take: Take) => void} keep */
  constructor(keep) {
    this.keep = keep;
    /** @type {Float32Array[]} */
    this.blocks = [];
    this.first = 0;
    this.heard = 0;
    this.began = 0;
    this.recording = false;
    /** @type {{ id: string, first: number, turn: number, key: number, last: boolean }[]} */
    this.waiting = [];
  }

  /** How many frames the sentence's turn has lasted. */
  get lasted() {
    return this.heard - this.began;
  }

  /** @param {Float32Array} block */
  hear(block) {
    this.blocks.push(block);
    this.heard += block.length;
    this.handOver(this.heard);
    this.letGo();
  }

  /** A sentence's turn comes now. */
  begin() {
    this.recording = true;
    this.began = this.heard;
  }

  /**
   * The sentence was read; what comes next has its turn.
   *
   * @param {string} id
   */
  mark(id, last = false) {
    const first = Math.max(this.first, this.began - LEAD);
    this.waiting.push({ id, first, turn: this.began, key: this.heard, last });
    this.began = this.heard;
  }

  /** Stop; what is being read is kept by `mark` alone. */
  pause() {
    this.recording = false;
  }

  /**
   * End: keep the sentence that is being read, with what there is of its tail.
   *
   * @param {string | undefined} id
   */
  finish(id) {
    if (this.recording && id && this.lasted >= JUST) this.mark(id, true);
    this.recording = false;
    this.handOver(this.heard + TAIL);
  }

  /** @param {number} heard */
  handOver(heard) {
    while (this.waiting[0] && this.waiting[0].key + TAIL <= heard) {
      const { id, first, turn, key, last } = /** @type {any} */ (this.waiting.shift());
      this.keep({
        id,
        samples: this.cut(first, Math.min(this.heard, key + TAIL)),
        turn: (turn - first) / RATE,
        key: (key - first) / RATE,
        last,
      });
    }
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  cut(start, end) {
    const samples = new Float32Array(end - start);
    let at = this.first;
    for (const block of this.blocks) {
      const from = Math.max(start, at);
      const to = Math.min(end, at + block.length);
      if (from < to) samples.set(block.subarray(from - at, to - at), from - start);
      at += block.length;
    }
    return samples;
  }

  /** Forget sound that no take needs any more. */
  letGo() {
    const needed = Math.min(
      ...this.waiting.map((each) => each.first),
      (this.recording ? this.began : this.heard) - LEAD,
    );
    while (this.blocks[0] && this.first + this.blocks[0].length <= needed) {
      this.first += this.blocks[0].length;
      this.blocks.shift();
    }
  }
}

/**
 * Return samples as a WAV file of 32-bit floats, one channel.
 *
 * @param {Float32Array[]} pieces
 * @returns {Blob}
 */
export function wav(pieces) {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length * 4, 0);
  const head = new DataView(new ArrayBuffer(44));
  const text = (/** @type {number} */ at, /** @type {string} */ word) =>
    [...word].forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 3, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE, true);
  head.setUint32(28, RATE * 4, true);
  head.setUint16(32, 4, true);
  head.setUint16(34, 32, true);
  text(36, "data");
  head.setUint32(40, bytes, true);
  return new Blob([head.buffer, .../** @type {BlobPart[]} */ (pieces)], { type: "audio/wav" });
}
