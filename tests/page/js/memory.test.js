import assert from "node:assert/strict";
import test from "node:test";
import { Memory } from "../../../serguide/bundle/page/static/memory.js";

function device(more = {}) {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    ...more,
  };
}

function withDevice(storage, act) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", { get: storage, configurable: true });
  try {
    act();
  } finally {
    if (before) Object.defineProperty(globalThis, "localStorage", before);
    else Reflect.deleteProperty(globalThis, "localStorage");
  }
}

test("what is set is there another time, and null forgets", () => {
  const one = device();
  withDevice(
    () => one,
    () => {
      new Memory("a").set("at", 30);
      assert.equal(new Memory("a").get("at"), 30);
      assert.equal(new Memory("b").get("at", 7), 7);
      new Memory("a").set("at", null);
      assert.equal(new Memory("a").get("at"), null);
      assert.deepEqual([...one.kept.keys()], ["a"]);
    },
  );
});

test("where keeping is forbidden it holds what it is told", () => {
  const forbidden = () => {
    throw new Error("SecurityError");
  };
  withDevice(forbidden, () => {
    const memory = new Memory("a");
    memory.set("at", 30);
    assert.equal(memory.get("at"), 30);
  });
});

test("a full device, and what is no JSON on it, trouble nobody", () => {
  const full = device({
    setItem: (key, value) => {
      if (key === "a") throw new Error("QuotaExceededError");
      full.kept.set(key, value);
    },
  });
  full.kept.set("a", "{torn");
  withDevice(
    () => full,
    () => {
      const memory = new Memory("a");
      assert.equal(memory.get("at"), null);
      memory.set("at", 30);
      assert.equal(memory.get("at"), 30);
    },
  );
});
