/** A sealed page before it is opened: asks for the passphrase, and says what goes wrong. */

import { isEnvelope, keyOf, opened, payloadOf } from "./cipher.js";
import { showPlayer } from "./inside.js";
import { keepOffline } from "./offline.js";
import { spellings } from "./phrase.js";
import { anyRemembered, canRemember, forget, remember, remembered } from "./remembered.js";

/** The parts of opening that are done then. */
const DECODED = 0.6;
const DECRYPTED = 0.9;

/** Milliseconds that the browser's memory may take to answer. */
const PATIENCE = 1000;

/**
 * @template {keyof LockTags} Name
 * @param {Name} name
 * @returns {HTMLElementTagNameMap[LockTags[Name]]}
 */
const part = (name) => {
  /** @type {any} */
  const found = document.getElementById(`lock-${name}`);
  return found;
};

/** @type {Record<string, string>} */
const words = JSON.parse(part("words").text);

/** Show one of the page's states alone. @param {"again" | "form" | "opening" | "trouble"} name */
function show(name) {
  part("wait").hidden = true;
  for (const each of /** @type {const} */ (["again", "form", "opening", "trouble"])) {
    part(each).hidden = each !== name;
  }
}

/** Say what cannot be mended here. @param {string} key */
function giveUp(key) {
  show("trouble");
  part("trouble").textContent = words[key] ?? "";
  part("trouble").focus();
}

/** The envelope, which comes behind all else in the file; null when it did not come whole. */
const arriving = new Promise((resolve) => {
  document.addEventListener("DOMContentLoaded", () => resolve(takeEnvelope()));
});

/** How far the payload is decoded, which begins while the words are typed. */
let decoded = 0;

const payload = arriving.then((envelope) =>
  envelope
    ? payloadOf(envelope, (done) => {
        decoded = done;
        if (opening) report(DECODED * done);
      })
    : null,
);
// Who opens it is told.
payload.catch(() => {});

let opening = false;

/** Read the envelope out of the page, and drop the page's own copy of it. */
function takeEnvelope() {
  const element = document.getElementById("serguide-sealed");
  try {
    const envelope = JSON.parse(element?.textContent ?? "");
    return isEnvelope(envelope) ? envelope : null;
  } catch {
    return null;
  } finally {
    element?.remove();
  }
}

function listen() {
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt();
  });
  part("phrase").addEventListener("keydown", (event) => {
    // Enter opens: a passphrase has no second line.
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    attempt();
  });
  part("hide").addEventListener("change", () => {
    part("phrase").classList.toggle("hidden-words", part("hide").checked);
  });
}

function ask() {
  show("form");
  part("phrase").focus({ preventScroll: true });
}

let trying = false;

async function attempt() {
  const tries = spellings(part("phrase").value);
  if (trying) return;
  if (!tries.length) {
    refuse("empty");
    return;
  }
  trying = true;
  work("trying");
  try {
    const envelope = await arriving;
    if (envelope) await tryAll(envelope, tries);
  } finally {
    trying = false;
  }
}

/**
 * @param {Envelope} envelope
 * @param {string[]} tries
 */
async function tryAll(envelope, tries) {
  for (const phrase of tries) {
    const key = await keyOf(envelope, phrase);
    if (!key) continue;
    part("phrase").value = "";
    if (part("remember").checked) await remember(envelope.salt, key).catch(() => {});
    await open(envelope, key);
    return;
  }
  refuse("wrong");
}

/** Say why it stays closed, and let the words be mended. @param {string} key */
function refuse(key) {
  show("form");
  // Emptied first, so that a reader says the same sentence again.
  part("said").textContent = "";
  requestAnimationFrame(() => {
    part("said").textContent = words[key] ?? "";
    part("phrase").focus();
  });
}

/** @param {string} key */
function work(key) {
  show("opening");
  part("doing").textContent = words[key] ?? "";
  part("progress").removeAttribute("value");
}

/** @param {number} done */
function report(done) {
  part("progress").value = done;
}

/**
 * @param {Envelope} envelope
 * @param {CryptoKey} key
 */
async function open(envelope, key) {
  work("opening");
  opening = true;
  report(DECODED * decoded);
  try {
    const bytes = await payload;
    if (!bytes) return;
    const zip = await opened(envelope, key, bytes);
    report(DECRYPTED);
    await showPlayer(zip);
  } catch {
    giveUp("damaged");
  }
}

/** @param {Envelope} envelope */
async function offerAgain(envelope) {
  const key = await remembered(envelope.salt);
  if (!key || trying || part("phrase").value) {
    if (part("form").hidden && !trying) ask();
    return;
  }
  show("again");
  part("reopen").addEventListener("click", () => open(envelope, key));
  part("forget").addEventListener("click", async () => {
    await forget(envelope.salt).catch(() => {});
    ask();
  });
}

/**
 * Take what does not come soon for a no: some browsers never answer for what they keep.
 *
 * @param {Promise<boolean>} answer
 * @returns {Promise<boolean>}
 */
const soon = (answer) =>
  Promise.race([answer, new Promise((resolve) => setTimeout(resolve, PATIENCE, false))]);

async function begin() {
  document.documentElement.dataset.ready = "";
  if (!globalThis.crypto?.subtle) {
    giveUp("insecure");
    return;
  }
  listen();
  // Asked before the form is shown, which must not move under a finger.
  const any = await soon(anyRemembered());
  part("may-remember").hidden = !(await soon(canRemember()));
  // Who has nothing remembered may type while the rest of the file is read.
  if (!any) ask();
  const envelope = await arriving;
  if (!envelope) {
    giveUp("cut");
    return;
  }
  await offerAgain(envelope);
  keepOffline();
}

begin();
