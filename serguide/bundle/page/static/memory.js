/** What is kept on this device, and only there; nothing breaks where keeping is not allowed. */

/** @returns {Storage | null} */
function open() {
  try {
    const probe = "serguide:probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null;
  }
}

/** A record of named values under one key; in memory alone when storage is blocked. */
export class Memory {
  /** @param {string} key */
  constructor(key) {
    this.key = key;
    this.storage = open();
    /** @type {Record<string, any>} */
    this.values = {};
    try {
      this.values = JSON.parse(this.storage?.getItem(key) ?? "{}") ?? {};
    } catch {
      this.values = {};
    }
  }

  /**
   * @param {string} name
   * @param {unknown} [otherwise]
   * @returns {any}
   */
  get(name, otherwise = null) {
    return this.values[name] ?? otherwise;
  }

  /**
   * @param {string} name
   * @param {string | number | boolean | null} value - null forgets
   */
  set(name, value) {
    if (value === null) delete this.values[name];
    else this.values[name] = value;
    try {
      this.storage?.setItem(this.key, JSON.stringify(this.values));
    } catch {
      // Full, or forbidden since: the page goes on with what it holds.
    }
  }
}
