/** Paced breathing: waves that rise for in and fall for out, to scale, and their steppers. */

import { draw, fill, make } from "../common/dom.js";
import { say } from "../common/words.js";
import { shownTime } from "./chip.js";
import { OtherBlock } from "./between_blocks.js";

const [WIDTH, HEIGHT, MOST_WAVES] = [544, 48, 12];

/** A block of breaths. */
export class BreathBlock extends OtherBlock {
  /**
   * @param {Record<string, any>} data
   * @param {import("./sheet.js").Sheet} sheet
   */
  constructor(data, sheet) {
    super(data, sheet);
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", say("breath"));
    this.wave = draw("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      class: "wave",
      "aria-hidden": "true",
    });
    this.caption = make("p", { class: "small", role: "status" });
    this.steppers = make("div", { class: "steppers" });
    this.holder = make(
      "button",
      { type: "button", class: "quiet small add-hold", onclick: () => this.holding() },
      say("add_hold"),
    );
    const below = make("div", { class: "below" }, this.caption, this.holder);
    this.element.append(this.wave, below, this.steppers, this.remover(say("breath")));
    this.show();
  }

  show() {
    const { inhale, hold, exhale, rest } = this.held;
    const cycle = inhale + hold + exhale + rest;
    fill(this.wave, ...waves(this.held));
    const [few, many] = [this.held.fewest * cycle, this.held.most * cycle];
    const time = few === many ? long(few) : say("from_to", { from: long(few), to: long(many) });
    this.caption.textContent = say("breath_caption", { time, n: Math.round(600 / cycle) / 10 });
    if (!this.steppers.firstChild) this.draw();
    for (const [field, output] of this.outputs) output.textContent = this.shown(field);
  }

  draw() {
    /** @type {[string, HTMLOutputElement][]} */
    this.outputs = [];
    const fields = ["inhale", "hold", "exhale", "rest", "times"].filter(
      (field) => !["hold", "rest"].includes(field) || this.held[field] > 0,
    );
    fill(
      this.steppers,
      fields.map((field) => this.stepper(field)),
    );
    this.holder.hidden = this.held.hold > 0;
  }

  /** @type {[string, HTMLOutputElement][]} */
  outputs = [];

  holding() {
    this.keep({ hold: 1 });
    this.draw();
    this.change({});
    this.show();
    /** @type {HTMLElement | null} */ (this.steppers.querySelectorAll("button")[2])?.focus();
  }

  /** @param {string} field */
  shown(field) {
    if (field !== "times") return shownTime(this.held[field]);
    const { fewest, most } = this.held;
    return fewest === most ? String(most) : say("from_to", { from: fewest, to: most });
  }

  /** @param {string} field */
  stepper(field) {
    const output = make("output", {}, this.shown(field));
    this.outputs.push([field, output]);
    const name = say(`breath_${field}`);
    const button = (/** @type {number} */ by) =>
      make(
        "button",
        {
          type: "button",
          class: "round quiet",
          "aria-label": `${name}, ${say(by > 0 ? "more" : "less")}`,
          onclick: () => this.step(field, by),
        },
        by > 0 ? "+" : "−",
      );
    return make("div", { class: "stepper" }, make("span", {}, name), button(-1), output, button(1));
  }

  /**
   * @param {string} field
   * @param {number} by
   */
  step(field, by) {
    if (field === "times") {
      const { fewest, most } = this.held;
      if (fewest + by >= 1 && most + by <= 99) {
        this.change({ fewest: fewest + by, most: most + by });
      }
    } else {
      const least = field === "hold" || field === "rest" ? 0 : 1;
      const next = Math.round((this.held[field] + by * 0.5) * 1000) / 1000;
      if (next >= least && next <= 20) this.change({ [field]: next });
    }
    this.show();
  }
}

/** @param {number} seconds */
function long(seconds) {
  return seconds < 100
    ? say("long_seconds", { n: Math.round(seconds) })
    : say("long_minutes", { n: Math.round(seconds / 30) / 2 });
}

/**
 * Return the line of the breaths and the area below it.
 *
 * @param {Record<string, any>} held
 */
function waves({ inhale, hold, exhale, rest, most }) {
  const count = Math.min(most, MOST_WAVES);
  const scale = (WIDTH - 4) / (count * (inhale + hold + exhale + rest));
  const [low, high] = [HEIGHT - 4, 4];
  let x = 2;
  let path = `M${x} ${low}`;
  const curve = (
    /** @type {number} */ seconds,
    /** @type {number} */ from,
    /** @type {number} */ to,
  ) => {
    const width = seconds * scale;
    path += ` C${x + width * 0.42} ${from} ${x + width * 0.5} ${to} ${x + width} ${to}`;
    x += width;
  };
  for (let wave = 0; wave < count; wave += 1) {
    curve(inhale, low, high);
    if (hold) curve(hold, high, high);
    curve(exhale, high, low);
    if (rest) curve(rest, low, low);
  }
  return [
    draw("path", { d: `${path} L${x} ${HEIGHT} L2 ${HEIGHT} Z`, class: "area" }),
    draw("path", { d: path, class: "line" }),
  ];
}
