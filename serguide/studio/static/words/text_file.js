/** The same part as a text file: its lines, editable, with what is wrong beside them. */

import { fill, make } from "../common/dom.js";
import { say } from "../common/words.js";

/** @typedef {{ line: number, code: string, message: string, hint: string }} LineProblem */

/**
 * Return the language of a hint: what is said of the file's own terms is English.
 *
 * @param {LineProblem} problem
 */
const spokenIn = ({ code }) => (/^(L|$)/.test(code) ? "en" : null);

/** A text field with line numbers. */
export class TextFile {
  /** @param {() => void} changed */
  constructor(changed) {
    this.numbers = make("ol", { class: "numbers", "aria-hidden": "true" });
    this.field = make("textarea", {
      "aria-label": say("text_file"),
      "aria-describedby": "line-problems",
      spellcheck: "false",
      autocapitalize: "off",
      wrap: "off",
      oninput: () => {
        this.number();
        changed();
      },
      onscroll: () => this.follow(),
    });
    this.list = make("ul", {});
    const told = make("div", { class: "line-problems", id: "line-problems", role: "status" });
    told.append(this.list);
    /** @type {LineProblem[]} */
    this.problems = [];
    this.element = make(
      "div",
      { class: "text-file" },
      make("div", { class: "lines" }, this.numbers, this.field),
      told,
    );
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || event.shiftKey || !event.altKey) return;
      event.preventDefault();
      this.field.setRangeText("  ", this.field.selectionStart, this.field.selectionEnd, "end");
    });
  }

  /** @param {string} text */
  show(text) {
    this.field.value = text;
    this.number();
  }

  get text() {
    return this.field.value;
  }

  number() {
    const count = this.field.value.split("\n").length;
    if (this.numbers.childElementCount !== count) {
      fill(
        this.numbers,
        Array.from({ length: count }, (_, line) => make("li", {}, line + 1)),
      );
    }
    this.mark();
  }

  follow() {
    this.numbers.style.transform = `translateY(${-this.field.scrollTop}px)`;
  }

  mark() {
    const lines = new Set(this.problems.map((problem) => problem.line));
    [...this.numbers.children].forEach((item, index) => {
      item.classList.toggle("wrong", lines.has(index + 1));
    });
  }

  /** @param {LineProblem[]} problems */
  tell(problems) {
    this.problems = problems;
    this.mark();
    fill(
      this.list,
      problems.length
        ? problems.map((problem) =>
            make(
              "li",
              {},
              make(
                "button",
                { type: "button", class: "quiet", onclick: () => this.go(problem.line) },
                make("strong", {}, say("line", { n: problem.line })),
                make("span", {}, problem.message),
                problem.hint
                  ? make("span", { class: "muted", lang: spokenIn(problem) }, problem.hint)
                  : null,
              ),
            ),
          )
        : make("li", { class: "muted" }, say("nothing_to_look_at")),
    );
  }

  /** @param {number} line */
  go(line) {
    const lines = this.field.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.field.focus();
    this.field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    const height = parseFloat(getComputedStyle(this.field).lineHeight) || 22;
    this.field.scrollTop = Math.max(0, (line - 4) * height);
  }
}
