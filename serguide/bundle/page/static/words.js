/** The interface's words, filled in and counted. */

export class Words {
  constructor(table, language) {
    this.table = table;
    this.plural = new Intl.PluralRules(language);
  }

  say(key, values = {}) {
    return this.table[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  count(key, n) {
    const forms = this.table[key];
    return (forms[this.plural.select(n)] ?? forms.other).replace("{n}", n);
  }

  /** Say how long is left, in full minutes: seconds that run would press. */
  left(seconds) {
    return seconds < 60 ? this.say("under_a_minute") : this.count("left", Math.round(seconds / 60));
  }
}

/** Write a time as 6:42 or 1:06:42. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}
