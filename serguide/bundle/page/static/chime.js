/** The end, told softly: two quiet tones that swell and die away. */

const LEVEL = 0.06;
const SWELL = 0.12;
const DECAY = 2.6;

/** Pitches in hertz, each with the seconds after which it comes. */
const TONES = [
  { pitch: 523.25, after: 0 },
  { pitch: 392, after: 0.9 },
];

const LAST = Math.max(...TONES.map(({ after }) => after));

/** @param {number} loudness */
export function chime(loudness) {
  if (!(loudness > 0) || !("AudioContext" in window)) return;
  const context = new AudioContext();
  for (const { pitch, after } of TONES) {
    const tone = context.createOscillator();
    const gain = context.createGain();
    const begin = context.currentTime + 0.05 + after;
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(LEVEL * loudness, begin + SWELL);
    gain.gain.setTargetAtTime(0, begin + SWELL, DECAY / 5);
    tone.connect(gain).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + SWELL + DECAY);
  }
  setTimeout(() => context.close(), (LAST + SWELL + DECAY + 1) * 1000);
}
