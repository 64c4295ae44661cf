/** A recording of many sentences: brought from a phone, or read here in one go. */

import { events, send } from "../common/http.js";
import { say } from "../common/words.js";

/**
 * Send a recording, have its sentences found, and say what was found.
 *
 * @param {string} path - of the session's takes
 * @param {Blob} sound
 * @param {string} suffix - of the file's name
 * @param {(text: string) => void} tell
 */
export async function addWhole(path, sound, suffix, tell) {
  tell(say("finding"));
  const { id } = await send("PUT", `${path}/whole?suffix=${encodeURIComponent(suffix)}`, sound);
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
