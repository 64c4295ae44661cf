/** What stands between texts: silences on a dotted line, sounds, chapters, what is only kept. */

import { make } from "../common/dom.js";
import { icon } from "../common/icons.js";
import { open } from "../common/http.js";
import { say } from "../common/words.js";
import { shownTime, timeChip } from "./chip.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {Record<string, any>} BlockData */

/** What every block that is no text has; a subclass says what it shows. */
export class OtherBlock {
  /**
   * @param {BlockData} data
   * @param {Sheet} sheet
   */
  constructor(data, sheet) {
    this.held = data;
    /** @type {string} */
    this.kind = data.kind;
    /** @type {number | null} */
    this.cue = data.cue ?? null;
    this.sheet = sheet;
    this.edits = 0;
    /** @type {HTMLElement} */
    this.element = make("div", { class: `block ${data.kind}` });
  }

  get isEmpty() {
    return false;
  }

  /** @returns {BlockData} */
  data() {
    return { ...this.held, cue: this.cue };
  }

  /** @param {BlockData} change */
  keep(change) {
    this.held = { ...this.held, ...change };
  }

  /** @param {BlockData} change */
  change(change) {
    this.keep(change);
    this.edits += 1;
    this.sheet.changed(this);
  }

  /** Put the focus into it. */
  focus() {
    const first = this.element.querySelector("button, select, [tabindex], [contenteditable]");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {string} name */
  remover(name) {
    return make(
      "button",
      {
        type: "button",
        class: "round quiet remover",
        "aria-label": say("take_out_named", { name }),
        onclick: () => this.sheet.remove(this),
      },
      icon("close"),
    );
  }
}

/** A rest or a pause between two texts. */
export class SilenceBlock extends OtherBlock {
  /**
   * @param {BlockData} data
   * @param {Sheet} sheet
   */
  constructor(data, sheet) {
    super(data, sheet);
    const about = data.kind === "rest";
    const words = (/** @type {number} */ value) =>
      about ? say("about", { time: shownTime(value) }) : shownTime(value);
    const chip = timeChip(data.seconds, say(data.kind), {
      words,
      changed: () => this.change({ seconds: Number(chip.dataset.pause) }),
      removed: () => sheet.remove(this),
      moved: (_, event) => sheet.leave(this, event),
    });
    this.element.classList.add("between");
    this.element.append(chip);
  }
}

/** A one-shot, which can be listened to. */
export class SoundBlock extends OtherBlock {
  /**
   * @param {BlockData} data
   * @param {Sheet} sheet
   */
  constructor(data, sheet) {
    super(data, sheet);
    const known = ["bowl", "bell", "woodblock", "chime"];
    const names = known.includes(data.name) ? known : [data.name, ...known];
    const choice = make(
      "select",
      {
        "aria-label": say("sound"),
        onchange: () => this.change({ name: choice.value }),
      },
      names.map((name) =>
        make(
          "option",
          { value: name, selected: name === data.name },
          known.includes(name) ? say(`sound_${name}`) : name,
        ),
      ),
    );
    const play = make(
      "button",
      {
        type: "button",
        class: "round quiet",
        "aria-label": say("hear"),
        onclick: () => playSound(choice.value),
      },
      icon("play"),
    );
    this.element.append(
      make("span", { class: "ember-dot", "aria-hidden": "true" }),
      choice,
      play,
      this.remover(say("sound")),
    );
  }
}

/** @type {HTMLAudioElement | undefined} */
let sounding;

/** @param {string} name */
async function playSound(name) {
  const response = await open(`/api/sounds/${encodeURIComponent(name)}`);
  const address = URL.createObjectURL(await response.blob());
  sounding?.pause();
  sounding = new Audio(address);
  sounding.addEventListener("ended", () => URL.revokeObjectURL(address));
  await sounding.play().catch(() => {});
}

/** A chapter's heading, to type in. */
export class ChapterBlock extends OtherBlock {
  /**
   * @param {BlockData} data
   * @param {Sheet} sheet
   */
  constructor(data, sheet) {
    super(data, sheet);
    this.title = make("div", {
      class: "heading small muted",
      contenteditable: "true",
      role: "textbox",
      "aria-label": say("chapter"),
      spellcheck: "true",
      lang: sheet.language,
    });
    this.title.textContent = data.title;
    this.title.addEventListener("input", () => this.change({ title: this.words }));
    this.title.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        sheet.textBehind(this);
      } else if (event.key === "Backspace" && !this.words) {
        event.preventDefault();
        sheet.remove(this);
      }
    });
    this.title.addEventListener("paste", (event) => {
      event.preventDefault();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const selection = getSelection();
      selection?.deleteFromDocument();
      selection?.getRangeAt(0).insertNode(document.createTextNode(text.replace(/\s+/g, " ")));
      selection?.collapseToEnd();
      this.change({ title: this.words });
    });
    this.element.append(this.title, this.remover(say("chapter")));
  }

  get words() {
    return (this.title.textContent ?? "").replace(/\s+/g, " ").trim();
  }

  /** @override */
  get isEmpty() {
    return !this.words;
  }

  /**
   * @override
   * @returns {BlockData}
   */
  data() {
    return { ...super.data(), title: this.words };
  }

  /** @override */
  focus() {
    this.title.focus();
    getSelection()?.selectAllChildren(this.title);
    getSelection()?.collapseToEnd();
  }
}

/** A cue that this page does not understand; it stays as it is written. */
export class KeptBlock extends OtherBlock {
  /**
   * @param {BlockData} data
   * @param {Sheet} sheet
   */
  constructor(data, sheet) {
    super(data, sheet);
    this.element.append(
      make("p", { class: "small muted" }, say("kept")),
      make("pre", { tabindex: "0", "aria-label": say("kept") }, data.text),
    );
  }
}
