/** The preview: the client's own page on a phone, the card, the sound file; ticks change it. */

import { fill, make } from "../common/dom.js";
import { send } from "../common/http.js";
import { icon } from "../common/icons.js";
import { say } from "../common/words.js";
import { named, size } from "./wording.js";

/** @typedef {import("./offer.js").Ways} Ways */

/**
 * Return the preview, and how to bring it up to date.
 *
 * @param {any} forms
 * @param {Ways} ways
 * @param {{ who: string }} chosen
 */
export function preview(forms, ways, chosen) {
  let asked = "";
  let address = "";
  let made = "";
  /** What the address is of; a card is drawn when it is known. */
  let coming = Promise.resolve();
  const page = frame(say("gets_page"), "page");
  const card = frame(say("card"), "paper");
  const phone = make("div", { class: "phone window" }, page);
  const paper = make("div", { class: "paper-card", inert: true }, card);
  const soundSize = make("span", { class: "muted" });
  const sound = make(
    "div",
    { class: "card raised sound-card" },
    icon("note"),
    make("p", {}, make("span", { class: "sound-title" }, forms.title), soundSize),
  );
  const heading = make("h2", { class: "small muted gets" });
  const later = make("p", { class: "small muted" }, say("gets_later"));
  const tryIt = make("a", { class: "button link", target: "_blank", rel: "noopener" });
  const element = make(
    "aside",
    { class: "preview" },
    make("div", { class: "things" }, heading, sound, paper),
    make("div", { class: "held" }, phone, make("div", { class: "trying" }, tryIt, later)),
  );

  async function show() {
    fill(heading, named("gets", chosen.who).replace("_nobody", ""));
    fill(tryIt, icon("phone"), named("try", chosen.who));
    sound.hidden = !ways.sound;
    soundSize.textContent = size(forms.sizes[ways.kind]);
    paper.hidden = !ways.handout;
    element.classList.toggle("no-page", !(ways.page || ways.website));
    later.hidden = made !== "";
    const leads = ways.website ? "" : ways.address;
    const given = ways.sound && !(ways.page || ways.website) ? "sound" : "page";
    const { who } = chosen;
    const request = made ? { id: made } : { name: forms.name, who, address: leads, given };
    if (JSON.stringify(request) !== asked) {
      asked = JSON.stringify(request);
      coming = fetched(request);
    }
    await coming;
    if (ways.handout && address && card.getAttribute("src") !== `${address}handout.html`) {
      card.src = `${address}handout.html`;
    }
  }

  /** @param {object} request */
  async function fetched(request) {
    const mine = asked;
    try {
      const fresh = (await send("POST", "/api/handovers/preview", request)).address;
      if (mine !== asked) return;
      address = fresh;
    } catch {
      if (mine === asked) asked = "";
      return;
    }
    page.src = address;
    tryIt.href = address;
  }

  return {
    element,
    show,
    /**
     * Show what was made, in the place of what will be.
     *
     * @param {string} ident
     */
    use(ident) {
      made = ident;
      return show();
    },
    /** Show the card as large as it can be read. */
    seeCard() {
      const large = frame(say("card"), "paper");
      const wait = make("p", { class: "muted", role: "status" }, say("card_wait"));
      large.hidden = true;
      void show().then(() => {
        if (!address || !dialog.open) return;
        large.src = `${address}handout.html`;
        large.hidden = false;
        wait.remove();
      });
      const dialog = make(
        "dialog",
        { class: "see-card", "aria-label": say("card") },
        make("div", { class: "sheet" }, wait, large),
        make("form", { method: "dialog" }, make("button", { class: "ember" }, say("done"))),
      );
      const before = document.activeElement;
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (before instanceof HTMLElement) before.focus();
      });
      document.body.append(dialog);
      dialog.showModal();
    },
  };
}

/**
 * @param {string} title
 * @param {string} kind
 */
function frame(title, kind) {
  return make("iframe", { title, class: kind, sandbox: "allow-scripts", allow: "autoplay" });
}
