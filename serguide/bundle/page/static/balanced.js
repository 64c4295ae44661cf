/** A slider for the sounds around the voice; where this browser cannot have it, it is not there.
 *
 * A script of its own beside the player's: pages without stems do without it, to the byte.
 */

import { Balance } from "./balance.js";
import { readData } from "./data.js";
import { byId, show, write } from "./dom.js";
import { unpacked } from "./inlined.js";
import { Memory } from "./memory.js";
import { Stems } from "./stems.js";

/**
 * Tell whether the stems can stand for the session, also while the screen is locked.
 *
 * iPhones and iPads suspend Web Audio then, and they, and they alone, leave the volume to their
 * keys; so that a later one that does not is known all the same, they are asked by name too.
 * What a page from a disk plays, Chromium keeps from Web Audio. WebKit in all its browsers loses
 * such a sound at a seek.
 *
 * @param {HTMLAudioElement} element
 */
function possible(element) {
  const probe = document.createElement("audio");
  probe.volume = 0.5;
  const { userAgent, platform, maxTouchPoints } = navigator;
  const apple =
    /iP(ad|hone|od)/.test(userAgent) ||
    // WebKit loses a captured sound at a seek, and does not always give the session back its own.
    (/AppleWebKit/.test(userAgent) && !/Chrom(e|ium)/.test(userAgent)) ||
    (platform === "MacIntel" && maxTouchPoints > 1);
  return (
    probe.volume === 0.5 && !apple && "AudioContext" in window && !element.src.startsWith("file:")
  );
}

const element = byId("balance-audio");
if (possible(element)) {
  const data = readData();
  const slider = byId("balance");
  const memory = new Memory(`serguide:balance:${data.id}`);
  let there = false;
  const balance = new Balance({
    session: byId("session-audio"),
    stems: new Stems(element),
    says: data.says,
    load: () => {
      if (there) return;
      there = true;
      const source = unpacked(element);
      if (source !== element.getAttribute("src")) element.src = source;
      element.preload = "auto";
    },
    failed: () => show(byId("balance-slider"), false),
  });
  const change = () => {
    const value = Number(slider.value);
    // An ear hears half of what a hand has gone as half of the loudness.
    balance.set(value * value);
    const told = value > 0 ? `${Math.round(value * 100)} %` : (slider.dataset.none ?? "");
    write(byId("balance-told"), told);
    slider.setAttribute("aria-valuetext", told);
  };
  slider.value = String(memory.get("level", 1));
  slider.addEventListener("input", () => {
    change();
    memory.set("level", Number(slider.value));
  });
  change();
  show(byId("balance-slider"), true);
}
