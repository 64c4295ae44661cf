/** Requests to the studio: JSON in, JSON out, the token in a header, problems shown in words. */

import { byId, fill, make } from "./dom.js";
import { problem } from "./notice.js";
import { token } from "./token.js";
import { say } from "./words.js";

/** Told when the studio answered in words that something cannot be done. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {any} data
   */
  constructor(status, data) {
    super(data?.problem?.message ?? String(status));
    this.status = status;
    this.data = data;
    /** @type {{ message: string, hint: string, code?: string, problems?: any[] } | undefined} */
    this.problem = data?.problem;
    /** @type {{ text: string, version: string } | undefined} */
    this.changed = data?.changed;
  }
}

/**
 * @typedef {object} Options
 * @property {boolean} [quiet] - the caller shows problems itself
 * @property {AbortSignal} [signal]
 * @property {boolean} [lasting] - it arrives, too, where the screen is left meanwhile
 */

/**
 * Return what lies at an address of the studio; raises Refused.
 *
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>}
 */
export function get(path, options) {
  return send("GET", path, undefined, options);
}

/**
 * Send data (JSON, or a Blob as it is) and return the answer; raises Refused.
 *
 * @param {"GET" | "POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [data]
 * @param {Options} [options]
 * @returns {Promise<any>}
 */
export async function send(method, path, data, options = {}) {
  const response = await ask(method, path, data, { ...options, lasting: method !== "GET" });
  const found = await response.json().catch(() => ({}));
  if (response.ok) return found;
  const refused = new Refused(response.status, found);
  if (response.status === 401) shutOut();
  else if (!options.quiet && refused.problem) problem(refused.problem);
  throw refused;
}

/**
 * Return a response as it is, for sounds and streams; raises Refused.
 *
 * @param {string} path
 * @param {unknown} [data] - sent by POST where given
 * @param {Options} [options]
 * @returns {Promise<Response>}
 */
export async function open(path, data, options = {}) {
  const response = await ask(data === undefined ? "GET" : "POST", path, data, options);
  if (response.ok) return response;
  const refused = new Refused(response.status, await response.json().catch(() => ({})));
  if (response.status === 401) shutOut();
  else if (!options.quiet && refused.problem) problem(refused.problem);
  throw refused;
}

/**
 * Read an event stream: each line of JSON as it comes.
 *
 * @param {string} path
 * @param {unknown} [data]
 * @param {Options} [options]
 * @returns {AsyncGenerator<any, void, void>}
 */
export async function* events(path, data, options = {}) {
  const response = await open(path, data, options);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line) yield JSON.parse(line);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @type {Map<string, Promise<string>>} */
const pictures = new Map();

/**
 * Return an address for an image element: a picture of the studio's, which wants the token.
 *
 * @param {string} path
 * @returns {Promise<string>}
 */
export function picture(path) {
  const known = pictures.get(path);
  if (known) return known;
  const fresh = open(path, undefined, { quiet: true })
    .then((response) => response.blob())
    .then((blob) => URL.createObjectURL(blob));
  pictures.set(path, fresh);
  fresh.catch(() => pictures.delete(path));
  return fresh;
}

/**
 * Return an image of a script's or session's cover; it is decoration, its title stands beside it.
 *
 * @param {string} name
 * @param {string} [kind] - a class for it
 * @returns {HTMLImageElement}
 */
export function cover(name, kind = "cover") {
  const image = make("img", { class: kind, alt: "", draggable: "false", src: EMPTY });
  const load = () => {
    picture(`/api/art/${encodeURIComponent(name)}.svg`).then(
      (address) => {
        image.src = address;
      },
      () => {},
    );
  };
  waiting.set(image, load);
  seen.observe(image);
  return image;
}

/** What stands in an image until its picture is there: nothing, in one pixel. */
const EMPTY = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/** @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();

/** Fetches a cover when it is near to being seen: the whole library has some two hundred. */
const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      waiting.get(target)?.();
    }
  },
  { rootMargin: "300px" },
);

/** Characters; a browser refuses to go on by itself with more than 64 KiB. */
const LASTING = 20_000;

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} data
 * @param {Options} options
 */
async function ask(method, path, data, options) {
  /** @type {RequestInit} */
  const init = { method, headers: { "X-Serguide-Token": token() }, cache: "no-store" };
  if (options.signal) init.signal = options.signal;
  if (data instanceof Blob || data instanceof ArrayBuffer) init.body = data;
  else if (data !== undefined) init.body = JSON.stringify(data);
  const text = typeof init.body === "string" ? init.body : init.body === undefined ? "" : null;
  if (options.lasting && text !== null && text.length < LASTING) init.keepalive = true;
  try {
    return await fetch(path, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const told = { message: say("studio_closed"), hint: say("start_again"), code: "closed" };
    if (!options.quiet) problem(told);
    throw new Refused(0, { problem: told });
  }
}

/** What a screen has beside its middle. */
const AROUND = ["top", "rail", "notes", "insert"];

/** Say how to come back in; a tab without a token has nothing to show, and nothing to press. */
function shutOut() {
  for (const id of AROUND) document.getElementById(id)?.replaceChildren();
  fill(
    byId("screen"),
    make(
      "div",
      { class: "shut-out" },
      make("h1", {}, say("shut_out")),
      make("p", {}, say("shut_out_hint")),
    ),
  );
}
