/** Voice and bed out of one media element, so on one clock; the bed at a level of its own.
 *
 * Its four channels are the voice's two and the bed's two (Web Audio API, 1.17 and 1.18).
 */

/** Seconds in which a level has gone two thirds of its way: nothing steps. */
const FOLLOW = 0.01;
const MOVE = 0.04;

/** Samples that one look hears: longer than it is to the next, so that no sound slips through. */
const HEARD = 8192;

/** What is quieter than this is no sound at all, in a browser that keeps it from the page. */
const NOTHING = 1e-6;

export class Stems {
  /** @param {HTMLMediaElement} element */
  constructor(element) {
    this.element = element;
    this.volume = 0;
    this.bedLevel = 1;
    this.last = 0;
    /** @type {AudioContext | null} */
    this.context = null;
    for (const type of ["seeking", "waiting", "emptied"]) {
      element.addEventListener(type, () => this.#gate(0));
    }
    for (const type of ["seeked", "playing"]) element.addEventListener(type, () => this.#gate(1));
  }

  /** Open the way to the loudspeaker; inside a tap, for browsers open it nowhere else. */
  open() {
    if (this.context) {
      this.context.resume();
      return;
    }
    const context = new AudioContext({ latencyHint: "playback" });
    const apart = context.createChannelSplitter(4);
    const [voice, bed] = [context.createChannelMerger(2), context.createChannelMerger(2)];
    this.bed = context.createGain();
    this.gate = context.createGain();
    this.out = context.createGain();
    this.all = context.createAnalyser();
    this.said = context.createAnalyser();
    this.said.fftSize = HEARD;
    const source = context.createMediaElementSource(this.element);
    source.connect(this.all);
    source.connect(apart);
    apart.connect(voice, 0, 0);
    apart.connect(voice, 1, 1);
    apart.connect(bed, 2, 0);
    apart.connect(bed, 3, 1);
    voice.connect(this.said);
    voice.connect(this.gate);
    bed.connect(this.bed).connect(this.gate);
    this.gate.connect(this.out).connect(context.destination);
    this.bed.gain.value = this.bedLevel;
    this.gate.gain.value = 0;
    this.out.gain.value = this.volume;
    this.context = context;
    context.resume();
  }

  get running() {
    return this.context?.state === "running";
  }

  /**
   * Tell whether it has gone on since it was last asked. Its readyState does not say so: after a
   * seek WebKitGTK leaves it where it is, and plays.
   */
  advance() {
    const { currentTime, paused, seeking } = this.element;
    const gone = currentTime !== this.last;
    this.last = currentTime;
    return gone && this.running && !paused && !seeking;
  }

  /** Whether anything arrives at all: none of a file from a disk does in some browsers. */
  get sounds() {
    return loudest(this.all) > NOTHING;
  }

  /** Whether anything of the voice arrives apart: none would, were the channels mixed before. */
  get speaks() {
    return loudest(this.said) > NOTHING;
  }

  /** @param {number} volume */
  setVolume(volume) {
    this.volume = volume;
    this.#go(this.out, volume, FOLLOW);
  }

  /** @param {number} level */
  setBed(level) {
    this.bedLevel = level;
    this.#go(this.bed, level, MOVE);
  }

  /** @param {number} level */
  #gate(level) {
    this.#go(this.gate, level, level ? MOVE : FOLLOW);
  }

  /**
   * @param {GainNode | undefined} node
   * @param {number} level
   * @param {number} seconds
   */
  #go(node, level, seconds) {
    if (!node || !this.context) return;
    node.gain.setTargetAtTime(level, this.context.currentTime, seconds);
  }
}

/** @param {AnalyserNode | undefined} node */
function loudest(node) {
  if (!node) return 0;
  const samples = new Float32Array(node.fftSize);
  node.getFloatTimeDomainData(samples);
  return samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
}
