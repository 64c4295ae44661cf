/** How it is, from 0 to 10: private, optional, never a score. */

import { byId, show, write } from "./dom.js";

const HIGH = 7;
const WORSE = 2;

export class Checkin {
  constructor(memory, words) {
    this.memory = memory;
    this.words = words;
    this.#build("before");
    this.#build("after");
    byId("nothing").addEventListener("click", () => {
      this.#choose("after", null);
      write(byId("compared"), words.say("nothing_fine"));
    });
  }

  get before() {
    return this.memory.get("before");
  }

  get after() {
    return this.memory.get("after");
  }

  /** Return a number with its word, as in `4 · noticeable`. */
  named(number) {
    return `${number} · ${this.words.say(`feeling_${number}`)}`;
  }

  /** Begin anew: what was said another time does not count. */
  fresh() {
    this.#choose("after", null);
    write(byId("compared"), "");
    const chosen = document.querySelector("input[name=before]:checked");
    this.memory.set("before", chosen ? Number(chosen.value) : null);
  }

  clear() {
    this.#choose("before", null);
    this.#choose("after", null);
    write(byId("compared"), "");
  }

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

  #choose(name, number) {
    for (const input of document.querySelectorAll(`input[name=${name}]`)) {
      input.checked = input.value === String(number);
    }
    this.memory.set(name, number);
    write(byId(`word-${name}`), number === null ? "" : this.named(number));
    if (name === "before") this.#offerOnlyRoom(number !== null && number >= HIGH);
    else this.#compare();
  }

  #offerOnlyRoom(high) {
    show(byId("begin-actions"), !high);
    show(byId("only-ground"), high);
  }

  #compare() {
    const { before, after } = this;
    const worse = after !== null && (after >= HIGH || (before !== null && after >= before + WORSE));
    show(byId("worse"), worse);
    if (after === null || worse) write(byId("compared"), "");
    else if (before === null) write(byId("compared"), this.words.say("nothing_fine"));
    else write(byId("compared"), this.words.say("compared", { before, after }));
  }
}
