/** A part that several sessions use: before its first change, ask where the change shall be. */

import { make } from "./dom.js";
import { get, send } from "./http.js";
import { say } from "./words.js";

const KEY = "serguide-shared";

/** @typedef {{ name: string, title: string, for: string }} User */

/**
 * Return where a change of a part shall be: "all" where nobody else has it or all shall have it,
 * "here" for a copy of this session's own, null where it was thought better of. It asks once for
 * each part of each session.
 *
 * @param {string} part
 * @param {string} session - from which one came; empty for none
 * @returns {Promise<"all" | "here" | null>}
 */
export async function whereToChange(part, session) {
  const key = `${session}/${part}`;
  if (settled().includes(key)) return "all";
  const path = `/api/shelf/users/${encodeURIComponent(part)}`;
  /** @type {User[]} */
  const users = (await get(path, { quiet: true }).catch(() => ({ users: [] }))).users;
  const others = users.filter((each) => each.name !== session);
  if (!others.length) return "all";
  const found = await ask(others, session ? others.length + 1 : others.length, Boolean(session));
  if (found === "all") settle(key);
  return found;
}

/**
 * Give a session, or the shelf, a copy of a part; returns the copy's name and the session's.
 *
 * @param {string} part
 * @param {string} session - empty for none
 * @returns {Promise<{ name: string, session: string }>}
 */
export async function copyOf(part, session) {
  if (!session) {
    const { name } = await send("POST", "/api/shelf/copies", { name: part, anew: true });
    return { name, session };
  }
  return send("POST", `/api/sessions/${encodeURIComponent(session)}/apart`, { part });
}

/**
 * @param {User[]} others
 * @param {number} n - sessions that have the part
 * @param {boolean} from - one came from a session
 * @returns {Promise<"all" | "here" | null>}
 */
function ask(others, n, from) {
  const before = document.activeElement;
  const caret = getSelection();
  const range = caret?.rangeCount ? caret.getRangeAt(0).cloneRange() : null;
  const titles = others
    .map(({ title, for: who }) => (who ? say("title_for", { title, who }) : title))
    .join("; ");
  /** @type {[string, string][]} */
  const buttons = [
    ["here", say(from ? "shared_here" : "copy_only")],
    ["all", say(from ? "shared_all" : "copy_all", { n })],
    ["", say("cancel")],
  ];
  const dialog = make(
    "dialog",
    { class: "shared", "aria-labelledby": "shared-title", "aria-describedby": "shared-where" },
    // The focus goes to the question: keys that are still being typed choose nothing.
    make(
      "h2",
      { id: "shared-title", tabindex: "-1", autofocus: true },
      say(from ? "shared_title" : "copy_title", { n }),
    ),
    make("p", { id: "shared-where" }, say(from ? "shared_where" : "copy_where", { titles })),
    make("p", { class: "muted" }, say(from ? "shared_here_hint" : "copy_hint")),
    make(
      "form",
      { method: "dialog", class: "actions" },
      buttons.map(([value, words]) =>
        make("button", { value, class: value === "here" ? "sage" : value ? "" : "quiet" }, words),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("h2")?.focus();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
        // Who was writing goes on where the caret was.
        if (before.isContentEditable && range) {
          caret?.removeAllRanges();
          caret?.addRange(range);
        }
      }
      const value = dialog.returnValue;
      done(value === "here" || value === "all" ? value : null);
    });
  });
}

/** @returns {string[]} */
function settled() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** @param {string} key */
function settle(key) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...settled(), key]));
  } catch {
    // A browser that keeps nothing: it is asked again.
  }
}
