/** Keep the screen on, but only while there is a circle to look at, or the room to read. */

export class WakeLock {
  constructor() {
    this.wanted = false;
    /** @type {WakeLockSentinel | null} */
    this.lock = null;
    document.addEventListener("visibilitychange", () => this.#settle());
  }

  /** @param {boolean} wanted */
  want(wanted) {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.#settle();
  }

  async #settle() {
    if (this.wanted && !this.lock && !document.hidden && "wakeLock" in navigator) {
      try {
        const lock = await navigator.wakeLock.request("screen");
        lock.addEventListener("release", () => {
          if (this.lock === lock) this.lock = null;
        });
        if (this.wanted) this.lock = lock;
        else lock.release();
      } catch {
        // A battery saver says no; the screen then goes dark when the phone likes.
      }
    } else if (!this.wanted && this.lock) {
      const lock = this.lock;
      this.lock = null;
      lock.release();
    }
  }
}
