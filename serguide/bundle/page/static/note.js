/** A note for the therapist: kept here, saved or shared only by hand, erased with one tap. */

import { byId, show, write } from "./dom.js";

export class Note {
  constructor({ memory, checkin, words, title, name, language }) {
    Object.assign(this, { memory, checkin, words, title, name, language });
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

  /** Return the note as a text: title, day, numbers with their words, what was written. */
  text() {
    const day = new Intl.DateTimeFormat(this.language, { dateStyle: "long" }).format(new Date());
    const { before, after } = this.checkin;
    const lines = [this.title, day, ""];
    if (before !== null) lines.push(`${this.words.say("note_before")}: ${this.checkin.named(before)}`);
    if (after !== null) lines.push(`${this.words.say("note_after")}: ${this.checkin.named(after)}`);
    if (this.area.value.trim()) lines.push("", this.area.value.trim());
    return `${lines.join("\n")}\n`;
  }

  get file() {
    return new File([this.text()], `${this.name}.txt`, { type: "text/plain" });
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
