/** The interface's words, filled in and counted, in the page's language. */

/** @type {Record<string, string | Record<string, string>>} */
const table = JSON.parse(document.getElementById("studio-words")?.textContent || "{}");

export const language = document.documentElement.lang || "en";

/** Dates are written day first, with the month in words: no reader takes them for another day. */
const dates = language === "en" ? "en-GB" : language;

const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/**
 * Return a phrase with its `{names}` filled in; one that counts takes its form from `n`.
 *
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function say(key, values = {}) {
  const found = table[key];
  if (found === undefined) throw new TypeError(`no phrase: ${key}`);
  const phrase =
    typeof found === "string"
      ? found
      : (found[plural.select(Number(values.n))] ?? found.other ?? "");
  return phrase.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number.format(value) : String(value ?? "");
  });
}

/**
 * Return a length in words: whole minutes, and seconds below one minute.
 *
 * @param {number} seconds
 */
export function length(seconds) {
  if (seconds < 45) return say("seconds", { n: Math.max(1, Math.round(seconds)) });
  return say("minutes", { n: Math.max(1, Math.round(seconds / 60)) });
}

/**
 * Write a day: the weekday's whole name within a week, else day and month, and the year of another.
 *
 * @param {string} iso
 * @param {{ whole?: boolean, hour?: boolean }} [how] - whole: with its year always, and never as a
 *   weekday; hour: with the time of the day
 */
export function day(iso, { whole = false, hour = false } = {}) {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return "";
  const now = new Date();
  if (!whole && now.getTime() - then.getTime() < 6 * DAY) {
    return new Intl.DateTimeFormat(dates, { weekday: "long" }).format(then);
  }
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { day: "numeric", month: "long" };
  if (whole || then.getFullYear() !== now.getFullYear()) form.year = "numeric";
  if (hour) Object.assign(form, { hour: "numeric", minute: "2-digit" });
  return new Intl.DateTimeFormat(dates, form).format(then);
}

const DAY = 86_400_000;

/**
 * Write a time as 6:42 or 1:06:42.
 *
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(s).padStart(2, "0");
  return h ? `${h}:${String(m).padStart(2, "0")}:${tail}` : `${m}:${tail}`;
}
