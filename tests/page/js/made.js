/** What the tests of the page's modules are tried on. */

export const STATIC = new URL("../../../serguide/bundle/page/static/", import.meta.url);

/** Four seconds in, one held, six out, one of rest, twice; from second 10 on. */
export const BREATHS = [0, 12].flatMap((from, cycle) => [
  { phase: "in", start: from + 10, end: from + 14, cycle },
  { phase: "hold", start: from + 14, end: from + 15, cycle },
  { phase: "out", start: from + 15, end: from + 21, cycle },
  { phase: "rest", start: from + 21, end: from + 22, cycle },
]);

export const TRACKS = [
  { step: "arriving", title: "Arriving", language: "en", start: 0, end: 60 },
  { step: "six", title: "Easy six", language: "en", start: 60, end: 200 },
  { step: "back", title: "Coming back", language: "en", start: 200, end: 260 },
];

export const says = (...sentences) =>
  sentences.map(([start, end, text]) => ({ start, end, text, language: "en", direction: "ltr" }));

/** A memory without a device. */
export class Record {
  values = {};

  get(name, otherwise = null) {
    return this.values[name] ?? otherwise;
  }

  set(name, value) {
    if (value === null) delete this.values[name];
    else this.values[name] = value;
  }
}
