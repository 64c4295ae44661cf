/** The service worker, with a cache and a network of the test's own. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";
import { STATIC } from "./made.js";

const HOME = "https://somewhere.example/evening/";
const SOUND = "0123456789";

function started(names = []) {
  const listeners = {};
  const stores = new Map(names.map((name) => [name, new Map()]));
  const caches = {
    keys: async () => [...stores.keys()],
    delete: async (name) => stores.delete(name),
    open: async (name) => {
      if (!stores.has(name)) stores.set(name, new Map());
      const store = stores.get(name);
      return {
        addAll: async (requests) => {
          for (const { url } of requests) store.set(new URL(url, HOME).href, SOUND);
        },
        match: async (url) => (store.has(url) ? new Response(store.get(url)) : undefined),
      };
    },
  };
  const self = {
    location: { href: HOME },
    addEventListener: (name, act) => (listeners[name] = act),
  };
  const text = readFileSync(new URL("sw.js", STATIC), "utf8")
    .replace("__CACHE__", '"urn:new"')
    .replace("__FILES__", '["index.html", "session.mp3"]');
  const asked = [];
  const fetch = async ({ url }) => {
    asked.push(url);
    return new Response("from the network");
  };
  class At extends Request {
    constructor(path, options) {
      super(new URL(path, HOME), options);
    }
  }
  vm.runInNewContext(text, { self, caches, fetch, Request: At, Response, Headers, URL, Blob });
  const told = async (name, event = {}) => {
    let wanted;
    listeners[name]({
      ...event,
      waitUntil: (it) => (wanted = it),
      respondWith: (it) => (wanted = it),
    });
    return wanted;
  };
  const get = (path, headers = {}) =>
    told("fetch", { request: new Request(new URL(path, HOME), { headers }) });
  return { told, get, stores, asked };
}

async function installed() {
  const worker = started();
  await worker.told("install");
  return worker;
}

test("the bundle is put into a cache of its version", async () => {
  const { stores } = await installed();
  assert.deepEqual([...stores.keys()], ["serguide /evening/ urn:new"]);
  assert.deepEqual(
    [...stores.values().next().value.keys()],
    [`${HOME}index.html`, `${HOME}session.mp3`],
  );
});

test("older versions go, caches of others stay", async () => {
  const others = ["serguide /morning/ urn:x", "theirs"];
  const worker = started(["serguide /evening/ urn:old", ...others]);
  await worker.told("install");
  await worker.told("activate");
  assert.deepEqual([...worker.stores.keys()], [...others, "serguide /evening/ urn:new"]);
});

test("the folder's address is its page, whatever is asked of it", async () => {
  const { get, asked } = await installed();
  for (const path of ["", "index.html", "?at=3", "session.mp3#t=4"]) {
    assert.equal(await (await get(path)).text(), SOUND);
  }
  assert.deepEqual(asked, []);
});

test("what is not in the bundle comes from the network, and nothing but GET is answered", async () => {
  const { get, asked, told } = await installed();
  assert.equal(await (await get("other.html")).text(), "from the network");
  assert.deepEqual(asked, [`${HOME}other.html`]);
  assert.equal(await told("fetch", { request: new Request(HOME, { method: "POST" }) }), undefined);
});

for (const [range, first, last] of [
  ["bytes=0-", 0, 9],
  ["bytes=2-5", 2, 5],
  ["bytes=7-99", 7, 9],
  ["bytes=-3", 7, 9],
  ["bytes=-99", 0, 9],
]) {
  test(`${range} is answered with its bytes`, async () => {
    const { get } = await installed();
    const answer = await get("session.mp3", { range });
    assert.equal(answer.status, 206);
    assert.equal(answer.headers.get("content-range"), `bytes ${first}-${last}/10`);
    assert.equal(answer.headers.get("content-length"), String(last - first + 1));
    assert.equal(await answer.text(), SOUND.slice(first, last + 1));
  });
}

for (const range of ["bytes=10-", "bytes=6-2", "bytes=-0"]) {
  test(`${range} cannot be answered`, async () => {
    const { get } = await installed();
    const answer = await get("session.mp3", { range });
    assert.deepEqual([answer.status, answer.headers.get("content-range")], [416, "bytes */10"]);
  });
}

test("a range that is none is answered whole", async () => {
  const { get } = await installed();
  for (const range of ["bytes=-", "lines=1-2", "bytes=1-2,4-5"]) {
    const answer = await get("session.mp3", { range });
    assert.deepEqual([answer.status, await answer.text()], [200, SOUND]);
  }
});
