/** Settings: language, face, the therapist's name; and the end of the studio. */

import { byId, fill, make } from "../common/dom.js";
import { get, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { saved } from "../common/notice.js";
import { say } from "../common/words.js";
import { ask } from "./dialogs.js";

const LANGUAGES = { en: "English", de: "Deutsch", cs: "Čeština", sk: "Slovenčina" };

/** @param {Record<string, string>} changed */
async function keep(changed) {
  const done = await send("PUT", "/api/settings", changed).catch(() => null);
  if (done && changed.face) document.documentElement.dataset.face = changed.face;
  if (done && changed.language) location.reload();
  saved(done ? "saved" : "unsaved");
  return done;
}

/** Tell whether the page is dark now. */
function dark() {
  const face = document.documentElement.dataset.face;
  return (
    face === "dark" || (face !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  );
}

/** Return the button that turns the desk's day into evening and back. */
export function faceButton() {
  const button = make("button", { type: "button", class: "quiet round" });
  const show = () => {
    fill(button, icon(dark() ? "sun" : "moon"));
    button.setAttribute("aria-label", say(dark() ? "to_light" : "to_dark"));
  };
  button.addEventListener("click", async () => {
    await keep({ face: dark() ? "light" : "dark" });
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
  return button;
}

/** Show the settings. */
export async function settings() {
  const now = await get("/api/settings").catch(() => null);
  if (!now) return;
  const language = make(
    "select",
    { id: "settings-language", onchange: () => keep({ language: language.value }) },
    Object.entries(LANGUAGES).map(([tag, name]) =>
      make("option", { value: tag, lang: tag, selected: tag === now.language }, name),
    ),
  );
  const name = make("input", {
    type: "text",
    id: "settings-name",
    value: now.therapist,
    maxlength: "120",
    autocomplete: "off",
    "aria-describedby": "settings-name-hint",
    onchange: () => keep({ therapist: name.value }),
  });
  ask(
    say("settings"),
    () => [
      make(
        "div",
        { class: "settings" },
        question("settings-language", "settings_language", language),
        make("div", { class: "question" }, make("span", {}, say("settings_face")), faces(now.face)),
        question(
          "settings-name",
          "settings_name",
          name,
          make(
            "span",
            { id: "settings-name-hint", class: "muted small" },
            say("settings_name_hint"),
          ),
        ),
        make(
          "p",
          { class: "question" },
          make("span", {}, say("settings_folder")),
          make("span", { class: "muted small path" }, now.library),
        ),
      ),
      make(
        "div",
        { class: "actions", "data-actions": true },
        make("span", { "data-saved": true, role: "status", class: "muted" }),
      ),
    ],
    { away: say("done") },
  );
}

/**
 * @param {string} id
 * @param {string} key
 * @param {...Node} children
 */
function question(id, key, ...children) {
  return make("p", { class: "question" }, make("label", { for: id }, say(key)), children);
}

/** @param {string} face */
function faces(face) {
  const group = make("span", { class: "segmented", role: "group" });
  for (const each of ["system", "light", "dark"]) {
    group.append(
      make(
        "button",
        {
          type: "button",
          "aria-pressed": String(each === face),
          onclick: async (/** @type {Event} */ event) => {
            if (!(await keep({ face: each }))) return;
            for (const other of group.children) {
              other.setAttribute("aria-pressed", String(other === event.currentTarget));
            }
          },
        },
        say(`face_${each}`),
      ),
    );
  }
  return group;
}

/** End the studio, and say that this was all. */
export async function closeStudio() {
  const done = await send("POST", "/api/close", {}).catch(() => null);
  if (!done) return;
  byId("top").replaceChildren();
  const main = byId("screen");
  fill(
    main,
    make(
      "div",
      { class: "shut-out" },
      make("h1", {}, say("closed")),
      make("p", {}, say("closed_hint")),
    ),
  );
  main.focus();
}
