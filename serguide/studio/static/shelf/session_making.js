/** A session that is being made for someone: which, for whom, how long, what it is called. */

import { fill, make } from "../common/dom.js";
import { get, send } from "../common/http.js";
import { length, say } from "../common/words.js";
import { known } from "./tiles.js";

/** @typedef {import("./tiles.js").Card} Card */

/** Minutes by which a step changes the length. */
const STEP = 1;

/** What is being made. */
export class Making {
  constructor() {
    /** @type {Card | null} */
    this.card = null;
    /** @type {number | null} */
    this.minutes = null;
    /** @type {HTMLElement[]} */
    this.steps = [];
    this.written = 0;
    this.least = 1;
    this.most = 180;
    this.who = make("input", {
      type: "text",
      id: "made-who",
      maxlength: "120",
      autocomplete: "off",
      class: "serif",
      "aria-describedby": "made-who-hint",
    });
    this.title = make("input", {
      type: "text",
      id: "made-title",
      maxlength: "200",
      autocomplete: "off",
      class: "serif",
    });
    this.shown = make("output", { class: "minutes", "aria-live": "polite" });
    this.without = make("span", { class: "muted small", "aria-live": "polite" });
  }

  /**
   * @param {Card} card
   * @param {HTMLElement} rest
   */
  pick(card, rest) {
    this.card = card;
    this.minutes = null;
    this.without.textContent = "";
    this.title.value = card.title;
    this.who.value ||= card.for ?? "";
    this.written = (known.get(card.name)?.seconds ?? 0) / 60;
    this.build(rest, card);
    rest.hidden = false;
    const button = rest.closest("form")?.querySelector("button[type=submit]");
    if (button instanceof HTMLButtonElement) button.disabled = false;
    get(`/api/shelf/reach/${encodeURIComponent(card.name)}`, { quiet: true }).then(
      (/** @type {{ written: number, shortest: number, longest: number }} */ reach) => {
        if (this.card !== card) return;
        this.written = reach.written / 60;
        this.least = Math.ceil(reach.shortest / 60);
        this.most = Math.max(this.least, Math.floor(reach.longest / 60));
        this.show();
      },
      () => {},
    );
  }

  /**
   * @param {HTMLElement} rest
   * @param {Card} card
   */
  build(rest, card) {
    this.steps = [this.step(-STEP, "shorter", "−"), this.step(STEP, "longer", "+")];
    const hint = card.takes_name === false ? say("made_who_none") : say("made_who_hint");
    fill(
      rest,
      card.about ? make("p", { class: "about muted" }, card.about) : "",
      make(
        "p",
        { class: "question" },
        make("label", { for: "made-who" }, say("made_who")),
        this.who,
        make("span", { id: "made-who-hint", class: "muted small" }, hint),
      ),
      make(
        "div",
        { class: "question", role: "group", "aria-labelledby": "made-length" },
        make("span", { id: "made-length" }, say("made_length")),
        make("span", { class: "stepper" }, this.steps[0], this.shown, this.steps[1]),
        this.without,
      ),
      make(
        "p",
        { class: "question" },
        make("label", { for: "made-title" }, say("made_title")),
        this.title,
      ),
    );
    this.show();
  }

  /**
   * @param {number} by
   * @param {string} word
   * @param {string} sign
   */
  step(by, word, sign) {
    return make(
      "button",
      {
        type: "button",
        class: "round",
        "aria-label": say(word),
        onclick: () => {
          const now = this.minutes ?? Math.round(this.written);
          this.minutes = Math.min(this.most, Math.max(this.least, now + by));
          if (this.minutes === Math.round(this.written)) this.minutes = null;
          this.show();
          void this.look();
        },
      },
      sign,
    );
  }

  show() {
    const written = this.written ? length(this.written * 60) : "…";
    this.shown.textContent =
      this.minutes === null
        ? say("as_written", { length: written })
        : say("minutes", { n: this.minutes });
    const now = this.minutes ?? Math.round(this.written);
    const [less, more] = this.steps;
    less?.setAttribute("aria-disabled", String(now <= this.least));
    more?.setAttribute("aria-disabled", String(now >= this.most));
  }

  /** Say which parts a length leaves out. */
  async look() {
    const { card, minutes } = this;
    const path = `/api/shelf/reach/${encodeURIComponent(card?.name ?? "")}?minutes=${minutes ?? ""}`;
    const found = await get(path, { quiet: true }).catch(() => null);
    if (!found || this.card !== card || this.minutes !== minutes) return;
    const title = found.left_out.join(", ");
    this.without.textContent = title ? say("made_left_out", { title }) : "";
  }

  /** @param {() => void} close */
  async done(close) {
    if (!this.card) return;
    const made = await send("POST", "/api/shelf/sessions", {
      from: this.card.name,
      name_of_client: this.who.value.trim(),
      minutes: this.minutes,
      title: this.title.value.trim() === this.card.title ? "" : this.title.value.trim(),
    }).catch(() => null);
    if (!made) return;
    close();
    location.assign(`/session#${encodeURIComponent(made.name)}`);
  }
}
