/** A recording of many sentences: brought from a phone, or read here in one go. */

import { events, send } from "../common/http.js";
import { say } from "../common/words.js";
import { RATE, wav } from "./reel.js";

/** Seconds of a piece: what a closed tab loses at most. */
const PIECE = 5;

/** What is read in one go, handed over in pieces as it is read. */
export class WholeReading {
  /**
   * @param {(parcel: import("./outbox.js").Parcel) => void} put
   * @param {string} path - of the session's takes
   */
  constructor(put, path) {
    this.id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    this.put = put;
    this.path = path;
    this.number = 0;
    this.frames = 0;
    /** @type {Float32Array[]} */
    this.blocks = [];
  }

  /** @param {Float32Array} block */
  hear(block) {
    this.blocks.push(block);
    this.frames += block.length;
    if (this.frames >= PIECE * RATE) this.finish();
  }

  /** Hand over what there is. */
  finish() {
    if (!this.frames) return;
    const path = `${this.path}/whole/${this.id}/${this.number}`;
    this.put({ id: "", path, sound: wav(this.blocks) });
    this.number += 1;
    this.blocks = [];
    this.frames = 0;
  }
}

/**
 * Send a recording that is brought, have its sentences found, and say what was found.
 *
 * @param {string} path - of the session's takes
 * @param {Blob} sound
 * @param {string} suffix - of the file's name
 * @param {(text: string) => void} tell
 */
export async function addWhole(path, sound, suffix, tell) {
  tell(say("finding"));
  const { id } = await send("PUT", `${path}/whole?suffix=${encodeURIComponent(suffix)}`, sound);
  await findSentences(path, id, tell);
}

/**
 * Have the sentences of a recording found that the studio has, and say what was found.
 *
 * @param {string} path
 * @param {string} id
 * @param {(text: string) => void} tell
 */
export async function findSentences(path, id, tell) {
  tell(say("finding"));
  for await (const event of events(`${path}/whole/${id}`, {})) {
    if (event.problem) {
      tell([event.problem.message, event.problem.hint].filter(Boolean).join(". "));
      return;
    }
    if ("missing" in event) tell(say("found", event));
    else if (event.total)
      tell(`${say("finding")} ${Math.round((100 * event.done) / event.total)} %`);
  }
}

/** @param {string} name - of a file */
export function suffixOf(name) {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}
