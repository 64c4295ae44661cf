/** The interface's words, filled in and counted. */

export class Words {
  /**
   * @param {WordTable} table
   * @param {string} language
   */
  constructor(table, language) {
    this.table = table;
    this.plural = new Intl.PluralRules(language);
  }

  /**
   * Return a phrase, its `{names}` filled in; raises TypeError when it is not in the table.
   *
   * @param {string} key
   * @param {Record<string, unknown>} [values]
   */
  say(key, values = {}) {
    const phrase = this.table[key];
    if (typeof phrase !== "string") throw new TypeError(`no phrase: ${key}`);
    return phrase.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /**
   * Return a phrase in the form that a number asks for.
   *
   * @param {string} key
   * @param {number} n
   */
  count(key, n) {
    const forms = this.table[key];
    if (typeof forms !== "object") throw new TypeError(`no forms: ${key}`);
    const form = forms[this.plural.select(n)] ?? forms.other ?? "";
    return form.replace("{n}", String(n));
  }

  /**
   * Say how long is left, in full minutes: seconds that run would press.
   *
   * @param {number} seconds
   */
  left(seconds) {
    return seconds < 60 ? this.say("under_a_minute") : this.count("left", Math.round(seconds / 60));
  }
}

/**
 * Write a time as 6:42 or 1:06:42.
 *
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  /** @param {number} n */
  const pad = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}
