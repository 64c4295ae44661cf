/** A note for the therapist: kept here, saved or shared only by hand, erased with one tap. */

import { byId, show, write } from "./dom.js";

/**
 * Return a note as a text: title, day, numbers with their words, what was written.
 *
 * @param {string} title
 * @param {string} day
 * @param {readonly string[]} numbers - each with what it is of
 * @param {string} written
 */
export function noteText(title, day, numbers, written) {
  const lines = [title, day, "", ...numbers];
  if (written.trim()) lines.push("", written.trim());
  return `${lines.join("\n")}\n`;
}

export class Note {
  /**
   * @param {object} parts
   * @param {import("./memory.js").Memory} parts.memory
   * @param {import("./checkin.js").Checkin} parts.checkin
   * @param {import("./words.js").Words} parts.words
   * @param {SessionData} parts.data
   */
  constructor({ memory, checkin, words, data }) {
    this.memory = memory;
    this.checkin = checkin;
    this.words = words;
    this.data = data;
    this.area = byId("note");
    this.area.value = memory.get("note", "");
    this.area.addEventListener("input", () => {
      memory.set("note", this.area.value || null);
      write(byId("note-said"), "");
    });
    byId("note-save").addEventListener("click", () => this.save());
    byId("note-erase").addEventListener("click", () => this.erase());
    byId("note-share").addEventListener("click", () => this.share());
    show(byId("note-share"), "share" in navigator);
  }

  text() {
    const { title, ui } = this.data;
    const day = new Intl.DateTimeFormat(ui, { dateStyle: "long" }).format(new Date());
    const { before, after } = this.checkin;
    const numbers = [];
    if (before !== null)
      numbers.push(`${this.words.say("note_before")}: ${this.checkin.named(before)}`);
    if (after !== null)
      numbers.push(`${this.words.say("note_after")}: ${this.checkin.named(after)}`);
    return noteText(title, day, numbers, this.area.value);
  }

  get file() {
    return new File([this.text()], `${this.data.name}.txt`, { type: "text/plain" });
  }

  save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(this.file);
    link.download = this.file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    write(byId("note-said"), this.words.say("note_saved"));
  }

  async share() {
    const files = [this.file];
    const what = navigator.canShare?.({ files }) ? { files } : { text: this.text() };
    try {
      await navigator.share(what);
    } catch {
      // Closed without sharing: that is an answer too.
    }
  }

  erase() {
    this.area.value = "";
    this.memory.set("note", null);
    this.checkin.clear();
    write(byId("note-said"), this.words.say("erased"));
  }
}
