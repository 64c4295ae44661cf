/** “Listen from here”: hears the part from the sentence with the caret, by the session's player. */

import { notice } from "../common/notice.js";
import { say } from "../common/words.js";
import { TextBlock } from "./text_block.js";

/**
 * Hear a part from the block that is written in.
 *
 * @param {string} name
 * @param {import("./sheet.js").Sheet} sheet
 */
export async function listenHere(name, sheet) {
  const here = sheet.here;
  const from = here ? sheet.blocks.indexOf(here) : 0;
  const block = sheet.blocks.slice(Math.max(0, from)).find((each) => each.cue !== null);
  const place = { cue: block?.cue ?? 0, character: block instanceof TextBlock ? block.caret : 0 };
  const where = "../common/listen.js";
  const player = await import(where).catch(() => null);
  if (player) await player.listenFrom(name, place);
  else notice(say("listen_in_session"));
}
