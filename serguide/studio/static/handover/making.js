/** The foot of the screen: make it, how far it is, cancel, and then where it lies. */

import { fill, make } from "../common/dom.js";
import { events, get, open, send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { notice, sentence } from "../common/notice.js";
import { focusBack } from "../common/refill.js";
import { say } from "../common/words.js";
import { named, size, standing } from "./wording.js";

/**
 * Return the foot, and what shows one that is under way.
 *
 * @param {{ who: string }} chosen
 * @param {() => Promise<any>} begin - asks for a new one; returns its summary
 * @param {{ followed: (handover: any) => void, ended: () => void, finished: (done: any) => void }} on
 */
export function making(chosen, begin, on) {
  const element = make("section", { class: "making" });
  /** @type {() => unknown} */
  let choose = () => {};

  /** @type {HTMLButtonElement | null} */
  let asking = null;

  function ready() {
    if (asking?.isConnected) {
      // The same button: it may be what is being pressed just now, from the field of a name.
      for (const other of [...element.children]) if (other !== asking) other.remove();
      fill(asking, named("make", chosen.who));
      return asking;
    }
    const button = make(
      "button",
      {
        type: "button",
        class: "ember",
        onclick: async () => {
          button.disabled = true;
          try {
            follow(await begin(), true);
          } catch {
            button.disabled = false;
            button.focus();
          }
        },
      },
      named("make", chosen.who),
    );
    fill(element, button);
    asking = button;
    return button;
  }

  /**
   * @param {any} handover
   * @param {boolean} mine - asked for just now: focus goes along
   */
  async function follow(handover, mine) {
    on.followed(handover);
    const told = make("p", { class: "muted" });
    const bar = make("div", {
      class: "bars",
      role: "progressbar",
      "aria-label": named("making", handover.who),
      "aria-valuemin": "0",
      "aria-valuemax": "100",
    });
    const cancel = make(
      "button",
      {
        type: "button",
        onclick: () => {
          cancel.disabled = true;
          send("DELETE", `/api/handovers/${handover.id}`).catch(() => {
            cancel.disabled = false;
          });
        },
      },
      say("cancel"),
    );
    fill(
      element,
      make("div", { class: "told" }, make("h2", {}, named("making", handover.who)), told),
      make("div", { class: "row" }, bar, cancel),
      make("p", { class: "muted small" }, say("may_leave")),
    );
    if (mine) cancel.focus();
    let last = handover;
    for (let tries = 0; tries < 5; tries += 1) {
      try {
        for await (const event of events(`/api/handovers/${handover.id}/events`, undefined, {
          quiet: tries < 4,
        })) {
          last = event;
          tries = 0;
          draw(event, told, bar);
        }
        if (["done", "failed", "cancelled"].includes(last.state)) break;
      } catch {
        // Looked for once more in a moment: the work goes on without this page.
      }
      await new Promise((go) => setTimeout(go, 1000 * (tries + 1)));
    }
    const within =
      element.contains(document.activeElement) || document.activeElement === document.body;
    ended(last, within);
  }

  /**
   * @param {any} last
   * @param {boolean} within
   */
  function ended(last, within) {
    on.ended();
    if (last.state === "done") {
      notice(named("made", last.who));
      done(last, within);
      on.finished(last);
      return;
    }
    const button = ready();
    if (last.state === "failed") {
      const { message, hint } = last.problem;
      button.before(
        make(
          "div",
          { class: "notice problem", role: "alert" },
          make(
            "p",
            {},
            make("strong", {}, say("failed")),
            `. ${sentence(message)} `,
            hint ? sentence(hint) : "",
          ),
        ),
      );
      fill(button, say("again"));
    } else if (last.state === "cancelled") notice(say("cancelled"));
    if (within) button.focus();
  }

  /**
   * @param {any} last
   * @param {boolean} within
   */
  function done(last, within) {
    const save = make(
      "button",
      { type: "button", class: "ember", onclick: () => keep(last.id) },
      named("save", last.who),
    );
    const other = make(
      "button",
      { type: "button", class: "quiet", onclick: () => (ready().focus(), choose()) },
      say("change_ways"),
    );
    fill(
      element,
      make("div", { class: "told" }, make("h2", {}, named("made", last.who))),
      make("div", { class: "row" }, save, other),
    );
    if (within) save.focus();
  }

  /** @param {() => unknown} called - when other ways are wanted after one was made */
  function onChoose(called) {
    choose = called;
  }

  return { element, ready, follow, onChoose };
}

/**
 * @param {any} event
 * @param {HTMLElement} told
 * @param {HTMLElement} bar
 */
function draw(event, told, bar) {
  const { progress, ahead } = event;
  if (!progress) {
    told.textContent =
      event.state === "waiting" && ahead ? say("waits", { n: ahead }) : say("waits_first");
    return;
  }
  told.textContent = standing(progress);
  if (bar.childElementCount !== progress.parts.length) {
    fill(
      bar,
      progress.parts.map((/** @type {any} */ part) => {
        const piece = make("span", { class: "piece" }, make("span", { class: "done" }));
        piece.style.flexGrow = String(Math.max(0.02, part.share));
        return piece;
      }),
    );
  }
  for (const [index, part] of progress.parts.entries()) {
    const filled = bar.children[index]?.firstElementChild;
    if (filled instanceof HTMLElement) filled.style.width = `${part.fill * 100}%`;
  }
  bar.setAttribute("aria-valuenow", String(Math.round(progress.share * 100)));
  bar.setAttribute("aria-valuetext", told.textContent ?? "");
}

/**
 * Show where it lies, and let each file be saved elsewhere.
 *
 * @param {string} ident
 */
export async function keep(ident) {
  const found = await get(`/api/handovers/${ident}`);
  const before = document.activeElement;
  const dialog = make(
    "dialog",
    { class: "keep", "aria-labelledby": "keep-title" },
    make("h2", { id: "keep-title" }, say("save_title")),
    make(
      "ul",
      {},
      found.files.map((/** @type {any} */ file) => row(ident, file)),
    ),
    found.address ? make("p", {}, say("address_is", { address: found.address })) : null,
    found.ways.page
      ? make(
          "div",
          { class: "room words" },
          make("p", { class: "six" }, found.ways.passphrase),
          make("p", {}, make("strong", {}, say("say_them"))),
        )
      : null,
    make("p", { class: "muted" }, say("lies")),
    make("p", { class: "place" }, found.place),
    make(
      "form",
      { method: "dialog", class: "row" },
      make("button", { class: "ember" }, say("done")),
      make(
        "button",
        {
          type: "button",
          onclick: () => send("POST", `/api/handovers/${ident}/open`).catch(() => dialog.close()),
        },
        say("open_folder"),
      ),
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    focusBack(before);
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {string} ident
 * @param {{ name: string, bytes: number }} file
 */
function row(ident, { name, bytes }) {
  const folder = !/\.\w+$/.test(name);
  const saving = make(
    "button",
    {
      type: "button",
      class: "link",
      "aria-label": `${say("save_one")}: ${name}`,
      onclick: async () => {
        const path = `/api/handovers/${ident}/files/${encodeURIComponent(name)}`;
        const link = make("a", { download: name });
        link.href = URL.createObjectURL(await (await open(path)).blob());
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        notice(say("saved_file", { name }));
      },
    },
    icon("save"),
    say("save_one"),
  );
  return make(
    "li",
    {},
    make("span", {}, name),
    make("span", { class: "muted" }, size(bytes)),
    folder ? make("span", { class: "muted" }, say("folder_website")) : saving,
  );
}
