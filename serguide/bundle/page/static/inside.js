/** The player page in a sealed page, with its sound, in the place of the page that asked. */

import { filesOf } from "./zipped.js";

/** @type {Record<string, string>} */
const KINDS = {
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  mp4: "audio/mp4",
  opus: "audio/ogg",
  flac: "audio/flac",
  wav: "audio/wav",
  png: "image/png",
};

/** Links to what stands beside a page in a folder: here nothing does. */
const BESIDE = 'link:is([rel="manifest"], [rel="publication"], [rel="apple-touch-icon"])';

/**
 * Put the player page of a bundle in the place of this document.
 *
 * @param {ArrayBuffer} zip - the bundle; its bytes are overwritten when they are not needed
 */
export async function showPlayer(zip) {
  const files = filesOf(zip);
  const index = files.get("index.html");
  if (!index) throw new RangeError("no page");
  const page = new DOMParser().parseFromString(new TextDecoder().decode(index), "text/html");
  for (const link of page.querySelectorAll(BESIDE)) link.remove();
  /** @type {Map<string, string>} */
  const addresses = new Map();
  for (const element of page.querySelectorAll("[src], a[href], link[href]")) {
    const attribute = element.hasAttribute("src") ? "src" : "href";
    const [path = "", ...at] = (element.getAttribute(attribute) ?? "").split("#");
    const bytes = files.get(unquoted(path));
    if (!bytes) continue;
    const address = addresses.get(path) ?? (await addressOf(path, bytes));
    addresses.set(path, address);
    element.setAttribute(attribute, [address, ...at].join("#"));
  }
  // There is no folder here that sound could be missing from.
  const [missing, broken] = [page.querySelector("#missing"), page.querySelector("#broken")];
  if (missing && broken) missing.textContent = broken.textContent;
  const html = page.documentElement.outerHTML;
  new Uint8Array(zip).fill(0);
  replaceDocument(html);
  addEventListener("pagehide", ({ persisted }) => {
    if (persisted) return;
    for (const address of addresses.values()) URL.revokeObjectURL(address);
  });
}

/** @param {string} path */
function unquoted(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Return an address of some bytes, copied: pictures in it itself, as the page's policy wants.
 *
 * @param {string} path
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string>}
 */
async function addressOf(path, bytes) {
  const type = KINDS[path.split(".").pop() ?? ""] ?? "";
  const blob = new Blob([bytes], { type });
  if (!type.startsWith("image/")) return URL.createObjectURL(blob);
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/**
 * Write another page into this document: it keeps the address, so that what the player remembers
 * is found again, and this page's policy on top of its own.
 *
 * @param {string} html
 */
function replaceDocument(html) {
  document.open();
  document.write(`<!doctype html>${html}`);
  document.close();
}
