/** How it is, from 0 to 10: private, optional, never a score. */

import { byId, inputs, show, write } from "./dom.js";
import { isHigh, verdict } from "./feeling.js";

/** What is there only where much is felt. */
/** @type {["high", "talk", "anyway"]} */
const HELP = ["high", "talk", "anyway"];

/** @typedef {"before" | "after"} Moment */

export class Checkin {
  /**
   * @param {import("./memory.js").Memory} memory
   * @param {import("./words.js").Words} words
   * @param {boolean} gated - whether the room comes first where a number is high
   */
  constructor(memory, words, gated) {
    this.memory = memory;
    this.words = words;
    this.gated = gated;
    this.roomFirst = false;
    this.#build("before");
    this.#build("after");
    byId("nothing").addEventListener("click", () => {
      this.#choose("after", null);
      write(byId("compared"), words.say("nothing_fine"));
    });
  }

  /** @returns {number | null} */
  get before() {
    return this.memory.get("before");
  }

  /** @returns {number | null} */
  get after() {
    return this.memory.get("after");
  }

  /**
   * Return a number with its word, as in `4 · noticeable`.
   *
   * @param {number} number
   */
  named(number) {
    return `${number} · ${this.words.say(`feeling_${number}`)}`;
  }

  /** Begin anew: what was said another time does not count. */
  fresh() {
    this.#choose("after", null);
    write(byId("compared"), "");
    const [chosen] = inputs("[name=before]:checked");
    this.memory.set("before", chosen ? Number(chosen.value) : null);
  }

  clear() {
    this.#choose("before", null);
    this.#choose("after", null);
    write(byId("compared"), "");
  }

  /** @param {Moment} name */
  #build(name) {
    const scale = byId(`scale-${name}`);
    for (let number = 0; number <= 10; number += 1) {
      const label = document.createElement("label");
      const input = document.createElement("input");
      const face = document.createElement("span");
      Object.assign(input, { type: "radio", name, value: String(number) });
      input.setAttribute("aria-label", this.named(number));
      face.textContent = String(number);
      label.append(input, face);
      scale.append(label);
      input.addEventListener("change", () => this.#choose(name, number));
    }
  }

  /**
   * @param {Moment} name
   * @param {number | null} number
   */
  #choose(name, number) {
    for (const input of inputs(`[name=${name}]`)) input.checked = input.value === String(number);
    this.memory.set(name, number);
    write(byId(`word-${name}`), number === null ? "" : this.named(number));
    if (name === "before") this.#offerRoomFirst(this.gated && isHigh(number));
    else this.#compare();
  }

  /**
   * The room first, someone to talk to second, and the session third: nobody is locked out.
   *
   * @param {boolean} high
   */
  #offerRoomFirst(high) {
    this.roomFirst = high;
    document.body.classList.toggle("high", high);
    for (const id of HELP) show(byId(id), high);
    if (high) byId("high").scrollIntoView({ block: "nearest" });
  }

  #compare() {
    const { before, after } = this;
    const found = verdict(before, after);
    const said = {
      "": () => "",
      worse: () => "",
      compared: () => this.words.say("compared", { before, after }),
    };
    show(byId("worse"), found === "worse");
    document.body.classList.toggle("worse", found === "worse");
    if (found === "worse") byId("worse").scrollIntoView({ block: "nearest" });
    write(byId("compared"), said[found]());
  }
}
