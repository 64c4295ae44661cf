/** Pasting: plain text alone, by the rules of the import, and it says what it did. */

import { fill, make } from "../common/dom.js";
import { send } from "../common/http.js";
import { notice } from "../common/notice.js";
import { say } from "../common/words.js";
import { blocksIn } from "./copying.js";
import { TextBlock } from "./text_block.js";

/** What may hold a note to the reader, a pause or several texts. */
const NOTED = /[\n()[\]{}<>*;/…]|\.{3}|\. \.|paus|pauz|still|silence|ticho/i;

/**
 * Take over pasting and dropping on the sheet.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./stretch.js").Stretch} stretch
 */
export function pasting(sheet, stretch) {
  const take = (/** @type {Event} */ event, /** @type {DataTransfer | null} */ data) => {
    const under = sheet.blockOf(event.target);
    if (!(under instanceof TextBlock)) return;
    event.preventDefault();
    const text = data?.getData("text/plain") ?? "";
    const blocks = blocksIn(data);
    if (!text.trim() && !blocks) return;
    const block = stretch.remove() ?? emptied(under);
    if (blocks) sheet.paste(blocks);
    else void paste(sheet, block, text);
  };
  sheet.root.addEventListener("paste", (event) => take(event, event.clipboardData));
  sheet.root.addEventListener("drop", (event) => take(event, event.dataTransfer));
}

/**
 * Take out what is selected in a text; return it.
 *
 * @param {TextBlock} block
 */
function emptied(block) {
  const selection = getSelection();
  if (selection && !selection.isCollapsed && block.element.contains(selection.focusNode)) {
    selection.deleteFromDocument();
    block.typed();
  }
  return block;
}

/**
 * @param {import("./sheet.js").Sheet} sheet
 * @param {TextBlock} block
 * @param {string} text
 */
async function paste(sheet, block, text) {
  const place = Math.max(0, block.caret);
  if (!NOTED.test(text)) {
    block.insert([{ words: text.replace(/\s+/g, " ") }], place);
    return;
  }
  const found = await send("POST", `/api/parts/${encodeURIComponent("new")}/paste`, {
    text,
    language: sheet.language,
  });
  block.focus(place);
  sheet.paste(found.blocks);
  if (found.decisions.length) told(found);
  else notice(say("pasted"));
}

/**
 * Say what became of a pasted text.
 *
 * @param {{ pauses: number, decisions: { written: string, became: string }[] }} found
 */
function told({ pauses, decisions }) {
  notice(pauses ? say("pasted_pauses", { n: pauses }) : say("pasted"));
  const more = make(
    "details",
    {},
    make("summary", {}, say("what_became")),
    make(
      "ul",
      { class: "small" },
      decisions.map(({ written, became }) =>
        make("li", {}, make("q", {}, written), ` → ${became}`),
      ),
    ),
  );
  const shown = document.querySelector("#notices .notice");
  if (shown) fill(shown, shown.textContent, more);
}
