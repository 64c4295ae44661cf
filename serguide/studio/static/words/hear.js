/** “Listen from here”: sentence after sentence from the caret on, with the silences between. */

import { open, send } from "../common/http.js";

/** Seconds that sound takes to come and to go: it never cuts. */
const FADE = 0.3;

/** Seconds between sentences, and between cues, where a script says nothing of it. */
const [BETWEEN, BETWEEN_CUES] = [0.7, 1.2];

/** Seconds that what comes next is fetched ahead. */
const AHEAD = 8;

/** @type {{ context: AudioContext, gain: GainNode, over: boolean } | null} */
let now = null;

/** Tell whether something is heard. */
export function hearing() {
  return now !== null;
}

/** Let the sound go, softly. */
export function stop() {
  const going = now;
  now = null;
  if (!going) return;
  going.over = true;
  const { context, gain } = going;
  gain.gain.cancelScheduledValues(context.currentTime);
  gain.gain.setTargetAtTime(0, context.currentTime, FADE / 4);
  setTimeout(() => void context.close(), FADE * 1500);
}

/**
 * Hear a part from the block that is written in; resolves when it is over.
 *
 * @param {string} name
 * @param {string} session - that it was opened from, whose voice it has then; or empty
 * @param {import("./sheet.js").Sheet} sheet
 * @param {AudioContext} context - closed when it is over
 */
export async function hearFrom(name, session, sheet, context) {
  const { here } = sheet;
  const behind = sheet.blocks.slice(here ? sheet.blocks.indexOf(here) : 0);
  const cue = behind.find((block) => block.cue !== null)?.cue ?? 0;
  const part = `/api/parts/${encodeURIComponent(name)}/hearing`;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, context.currentTime);
  gain.gain.linearRampToValueAtTime(1, context.currentTime + FADE);
  gain.connect(context.destination);
  const mine = { context, gain, over: false };
  now = mine;
  try {
    const { heard } = await send("POST", part, { cue, session });
    let at = context.currentTime + 0.1;
    let last = -1;
    for (const item of heard) {
      if (item.kind === "silence") at += item.seconds;
      else {
        const address =
          item.kind === "say"
            ? `${part}/${item.item}?session=${encodeURIComponent(session)}`
            : `/api/sounds/${encodeURIComponent(item.name)}`;
        const bytes = await (await open(address)).arrayBuffer();
        if (mine.over) return;
        const sound = await context.decodeAudioData(bytes);
        const gap = last < 0 ? 0 : item.cue === last ? BETWEEN : BETWEEN_CUES;
        at = Math.max(at + gap, context.currentTime + 0.05);
        const source = context.createBufferSource();
        source.buffer = sound;
        source.connect(gain);
        source.start(at);
        show(sheet, item.cue, (at - context.currentTime) * 1000, mine);
        at += sound.duration;
      }
      last = item.cue;
      while (!mine.over && at - context.currentTime > AHEAD) await later(200);
      if (mine.over) return;
    }
    while (!mine.over && context.currentTime < at) await later(200);
  } finally {
    if (now === mine) stop();
    for (const block of sheet.blocks) block.element.classList.remove("heard");
  }
}

/**
 * Mark the block that is heard, when it is.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {number} cue
 * @param {number} wait - milliseconds
 * @param {{ over: boolean }} mine
 */
function show(sheet, cue, wait, mine) {
  setTimeout(() => {
    if (mine.over) return;
    for (const block of sheet.blocks) {
      const heard = block.cue === cue;
      if (heard && !block.element.classList.contains("heard")) {
        block.element.scrollIntoView({ block: "nearest" });
      }
      block.element.classList.toggle("heard", heard);
    }
  }, wait);
}

/** @param {number} milliseconds */
function later(milliseconds) {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}
