/** A broken file: what is wrong with it, line by line, and the way to its text. */

import { make } from "../common/dom.js";
import { get } from "../common/http.js";
import { sentence } from "../common/notice.js";
import { say } from "../common/words.js";
import { ask } from "./dialogs.js";

/** @param {import("./tiles.js").Card} card */
export async function showBroken(card) {
  const name = encodeURIComponent(card.name);
  const told = await get(`/api/shelf/broken/${name}`).catch(() => null);
  if (!told) return;
  ask(
    say("broken_title", { name: card.name }),
    () => [
      told.problems.length
        ? make("ol", { class: "problems" }, told.problems.map(row))
        : make("p", {}, say("broken_mended")),
      make("p", { class: "muted small path" }, say("broken_where", { path: told.path })),
      make(
        "div",
        { class: "actions", "data-actions": true },
        make("a", { class: "button ember", href: `/words#${name}` }, say("open_text")),
      ),
    ],
    { away: say("put_away") },
  );
}

/** @param {{ line: number, message: string, hint: string, excerpt: string }} problem */
function row(problem) {
  const excerpt = problem.excerpt.split("\n")[0]?.trim();
  return make(
    "li",
    {},
    make("strong", {}, say("broken_line", { line: problem.line })),
    make("p", {}, sentence(problem.message)),
    excerpt ? make("code", {}, excerpt) : null,
    problem.hint ? make("p", { class: "muted" }, sentence(problem.hint)) : null,
  );
}
