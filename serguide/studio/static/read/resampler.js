/**
 * Sound at another rate: Firefox joins no microphone to a context whose rate is not its own
 * (https://bugzilla.mozilla.org/show_bug.cgi?id=1674892), and takes are kept at 48 kHz.
 *
 * A sinc of 32 zero crossings on each side under a Kaiser window of beta 10 (J. O. Smith, Digital
 * Audio Resampling): what it adds lies about 100 dB below, and hearing ends before its edge.
 */

const CROSSINGS = 32;
const BETA = 10;
const EDGE = 0.94; // of the lower rate's band

/** Bring blocks from one rate to another, without a seam between them. */
export class Resampler {
  /**
   * @param {number} from - samples a second
   * @param {number} to
   */
  constructor(from, to) {
    const common = divisor(from, to);
    this.phases = to / common;
    this.step = from / common;
    const cutoff = EDGE * Math.min(1, to / from);
    this.half = Math.ceil(CROSSINGS / cutoff);
    this.taps = Array.from({ length: this.phases }, (_, phase) =>
      tapsOf(phase / this.phases, this.half, cutoff),
    );
    this.kept = new Float32Array(this.half);
    /** The next sample's place in what is kept, and the phase behind it. */
    this.at = this.half;
    this.phase = 0;
  }

  /**
   * Return what a block comes to; its last samples come with the next one.
   *
   * @param {Float32Array} block
   */
  push(block) {
    const sound = new Float32Array(this.kept.length + block.length);
    sound.set(this.kept);
    sound.set(block, this.kept.length);
    /** @type {number[]} */
    const out = [];
    while (this.at + this.half < sound.length) {
      const taps = /** @type {Float32Array} */ (this.taps[this.phase]);
      const first = this.at - this.half;
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap += 1) {
        sum += /** @type {number} */ (taps[tap]) * /** @type {number} */ (sound[first + tap]);
      }
      out.push(sum);
      this.phase += this.step;
      this.at += Math.floor(this.phase / this.phases);
      this.phase %= this.phases;
    }
    const first = this.at - this.half;
    this.kept = sound.slice(first);
    this.at -= first;
    return Float32Array.from(out);
  }
}

/**
 * Return the weights of the samples around a place, which lies a fraction behind the middle one.
 *
 * @param {number} fraction
 * @param {number} half
 * @param {number} cutoff
 */
function tapsOf(fraction, half, cutoff) {
  const taps = Float32Array.from({ length: 2 * half + 1 }, (_, index) => {
    const away = index - half - fraction;
    const turn = Math.PI * away * cutoff;
    const sinc = Math.abs(turn) < 1e-9 ? 1 : Math.sin(turn) / turn;
    return cutoff * sinc * kaiser(away / (half + 1));
  });
  const sum = taps.reduce((all, each) => all + each, 0);
  return taps.map((each) => each / sum);
}

/** @param {number} place - −1 to 1 across the window */
function kaiser(place) {
  return bessel(BETA * Math.sqrt(Math.max(0, 1 - place * place))) / bessel(BETA);
}

/** Return the modified Bessel function of order 0. @param {number} x */
function bessel(x) {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * @param {number} first
 * @param {number} second
 * @returns {number}
 */
function divisor(first, second) {
  return second ? divisor(second, first % second) : first;
}
