/* Keeps this bundle on the device, and plays it without a network.
 *
 * Each version of the bundle has a cache of its own. A new one waits until every page of the old
 * is closed, so that no session changes while someone listens. For the same reason a first page
 * goes on with the network that it began with: a media element takes its ranges from one source.
 */
"use strict";

const CACHE = __CACHE__;
const FILES = __FILES__;
const SCOPE = new URL("./", self.location.href).pathname;
const MINE = `serguide ${SCOPE} `;

self.addEventListener("install", (event) => {
  const requests = FILES.map((path) => new Request(path, { cache: "no-cache" }));
  event.waitUntil(caches.open(MINE + CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(MINE) && name !== MINE + CACHE) await caches.delete(name);
      }
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

/** @param {Request} request */
async function answer(request) {
  const cache = await caches.open(MINE + CACHE);
  const url = new URL(request.url);
  url.search = url.hash = "";
  if (url.pathname === SCOPE) url.pathname += "index.html";
  const found = await cache.match(url.href, { ignoreVary: true });
  if (!found) return fetch(request);
  const range = request.headers.get("range");
  return range ? partial(found, range) : found;
}

/**
 * Answer a byte range (RFC 9110, 14): media elements ask for nothing else.
 *
 * @param {Response} response
 * @param {string} range
 */
async function partial(response, range) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  const blob = await response.blob();
  const size = blob.size;
  let [first, last] = [0, size - 1];
  if (asked && asked[1] !== "") {
    first = Number(asked[1]);
    if (asked[2] !== "") last = Math.min(last, Number(asked[2]));
  } else if (asked && asked[2] !== "") {
    first = Math.max(0, size - Number(asked[2]));
  } else {
    return new Response(blob, { headers: response.headers });
  }
  if (first >= size || first > last) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  }
  const headers = new Headers(response.headers);
  headers.set("Content-Range", `bytes ${first}-${last}/${size}`);
  headers.set("Content-Length", String(last - first + 1));
  headers.set("Accept-Ranges", "bytes");
  return new Response(blob.slice(first, last + 1), { status: 206, headers });
}
