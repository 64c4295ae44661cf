/** Small line drawings for buttons; they are hidden from screen readers, the words stand beside. */

import { draw } from "./dom.js";

/** @type {Record<string, string[]>} */
const PATHS = {
  plus: ["M12 5v14", "M5 12h14"],
  search: ["M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14", "m20.5 20.5-4.5-4.5"],
  microphone: [
    "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3",
    "M6 11a6 6 0 0 0 12 0",
    "M12 17v4",
  ],
  moon: ["M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5"],
  sun: [
    "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
    "M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5",
    "m5.3 5.3 1.7 1.7M17 17l1.7 1.7M5.3 18.7 7 17M17 7l1.7-1.7",
  ],
  pencil: ["m4 20 1-4.5L16.5 4a2.1 2.1 0 0 1 3.5 3.5L8.5 19 4 20", "m14.5 6 3.5 3.5"],
  house: ["m3.5 11 8.5-7 8.5 7", "M6 9.5V20h12V9.5", "M10 20v-5h4v5"],
  back: ["m14.5 5-7 7 7 7"],
  forward: ["m9.5 5 7 7-7 7"],
  down: ["m5 9.5 7 7 7-7"],
  play: ["M8 5.5v13l10.5-6.5z"],
  pause: ["M7.5 5h3v14h-3z", "M13.5 5h3v14h-3z"],
  again: ["M19 12a7 7 0 1 1-2.2-5.1", "M19.5 3.5v4h-4"],
  undo: ["M8.5 5 4.5 9l4 4", "M5 9h9a5.5 5.5 0 0 1 0 11h-3"],
  up: ["M12 19V5", "m6 10.5 6-6 6 6"],
  note: ["M9 18V6l10-2v11", "M6.5 15.5a2.5 2.5 0 1 0 2.5 2.5", "M16.5 12.5a2.5 2.5 0 1 0 2.5 2.5"],
  phone: ["M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1", "M11 18h2"],
  save: ["M12 4v11", "m7.5 10.5 4.5 4.5 4.5-4.5", "M5 19.5h14"],
  question: ["M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.3", "M12 18.2v.3"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  bin: ["M5 7.5h14", "M9.5 7.5v-3h5v3", "m6.5 7.5 1 12h9l1-12", "M10.5 11v5M13.5 11v5"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  settings: ["M4 7h9M17 7h3M4 17h3M11 17h9", "M13 5v4M17 5v4M7 15v4M11 15v4"],
};

/**
 * Draw an icon by its name.
 *
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const paths = (PATHS[name] ?? []).map((d) => draw("path", { d }));
  const filled = name === "play" || name === "pause";
  return draw(
    "svg",
    { viewBox: "0 0 24 24", class: filled ? "icon filled" : "icon", "aria-hidden": "true" },
    paths,
  );
}
