/** Types that the page's modules share; for the type check alone, no part of any page. */

interface Span {
  /** Seconds, as all times here. */
  start: number;
  end: number;
}

interface Say extends Span {
  text: string;
  language: string;
  direction: string;
}

type PhaseName = "in" | "hold" | "out" | "rest";

interface Breath extends Span {
  phase: PhaseName;
  /** Which breath it is, from 0. */
  cycle: number;
}

interface Track extends Span {
  step: string;
  title: string;
  language: string;
}

/** What is said and breathed in one sound, each by its beginning. */
interface Score {
  duration: number;
  says: Say[];
  breaths: Breath[];
}

/** A phrase, or its plural forms by CLDR category. */
type WordTable = Record<string, string | Record<string, string>>;

/** What a page is about, whatever its clock counts. */
interface SessionFacts {
  id: string;
  name: string;
  title: string;
  /** The interface's language. */
  ui: string;
  ending: "alert" | "sleep";
  samplerate: number;
  /** Whether it does nothing but bring a listener back: then nothing stands before it. */
  grounding: boolean;
  /** Data URIs, each once. */
  drawings: string[];
  /** Which drawing is each part's; -1 for none. */
  scenes: number[];
  words: WordTable;
}

/** What the page's modules read: seconds. */
interface SessionData extends SessionFacts, Score {
  tracks: Track[];
  ground: Score;
}

/** A score as the page holds it: samples. */
interface RawScore {
  frames: number;
  says: [start: number, end: number, text: string, language: string, direction: string][];
  breaths: [start: number, end: number, phase: number, cycle: number][];
}

/** What page_data.py writes into the page: samples. */
interface RawData extends SessionFacts, RawScore {
  tracks: Track[];
  ground: RawScore;
}

/** The elements with an id that a module asks for, by their tags. */
interface PageTags {
  "after-title": "h2";
  "back-15": "button";
  balance: "input";
  "balance-audio": "audio";
  "balance-slider": "div";
  "balance-told": "span";
  bars: "div";
  begin: "button";
  broken: "p";
  caption: "p";
  captions: "input";
  circle: "input";
  compared: "p";
  cover: "img";
  "go-on": "button";
  "ground-audio": "audio";
  "ground-broken": "p";
  "ground-caption": "p";
  "ground-pacer": "div";
  "ground-pacer-number": "span";
  "ground-pacer-room": "div";
  "ground-pacer-still": "button";
  "ground-pacer-word": "span";
  "ground-words": "button";
  anyway: "button";
  high: "p";
  left: "span";
  light: "input";
  live: "p";
  missing: "p";
  "missing-ground": "p";
  note: "textarea";
  "note-erase": "button";
  "note-said": "p";
  "note-save": "button";
  "note-share": "button";
  nothing: "button";
  now: "span";
  "on-15": "button";
  "once-more": "button";
  over: "h1";
  pacer: "div";
  "pacer-number": "span";
  "pacer-room": "div";
  "pacer-still": "button";
  "pacer-word": "span";
  "part-number": "span";
  "part-title": "span";
  parts: "nav";
  play: "button";
  resume: "button";
  room: "button";
  "scale-after": "div";
  "scale-before": "div";
  scene: "div";
  seek: "input";
  "session-audio": "audio";
  "session-data": "script";
  "sleep-left": "span";
  "sleep-off": "input";
  speed: "input";
  "speed-told": "span";
  state: "span";
  stop: "button";
  talk: "button";
  volume: "input";
  voice: "button";
  "volume-told": "span";
  wake: "button";
  "word-after": "p";
  "word-before": "p";
  worse: "div";
}

type PageId = keyof PageTags;

/** Safari's older name for preservesPitch. */
interface HTMLMediaElement {
  webkitPreservesPitch?: boolean;
}

/** What the element of a sealed page holds; strings but for the rounds are base64. */
interface Envelope {
  format: number;
  kdf: string;
  rounds: number;
  salt: string;
  wrapped_key: string;
  wrap_iv: string;
  iv: string;
  payload: string;
}

/** The elements of a sealed page, by their ids without `lock-`. */
interface LockTags {
  again: "section";
  doing: "p";
  forget: "button";
  form: "form";
  hide: "input";
  "may-remember": "label";
  opening: "div";
  phrase: "textarea";
  progress: "progress";
  remember: "input";
  reopen: "button";
  said: "p";
  trouble: "p";
  wait: "p";
  words: "script";
}
