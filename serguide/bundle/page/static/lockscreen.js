/** Title, cover and buttons where the phone shows them (W3C Media Session). */

export class LockScreen {
  /**
   * @param {SessionData} data
   * @param {string} cover - its address
   * @param {Partial<Record<MediaSessionAction, MediaSessionActionHandler>>} actions
   */
  constructor(data, cover, actions) {
    /** @type {MediaSession | undefined} */
    this.session = navigator.mediaSession;
    this.data = data;
    this.cover = cover;
    if (!this.session) return;
    /** @type {any} */
    const named = Object.entries(actions);
    for (const [name, action] of named) {
      try {
        this.session.setActionHandler(name, action);
      } catch {
        // An action that this browser does not know.
      }
    }
  }

  /** @param {string} title */
  tell(title) {
    if (!this.session) return;
    this.session.metadata = new MediaMetadata({
      title,
      album: this.data.title,
      artist: this.data.title,
      // A system shows no picture from a disk.
      artwork: this.cover.startsWith("file:")
        ? []
        : [{ src: this.cover, sizes: "800x800", type: "image/png" }],
    });
  }

  /** @param {boolean} playing */
  state(playing) {
    if (this.session) this.session.playbackState = playing ? "playing" : "paused";
  }

  /**
   * @param {number} position
   * @param {number} duration
   * @param {number} playbackRate
   */
  place(position, duration, playbackRate) {
    if (!this.session?.setPositionState) return;
    this.session.setPositionState({
      duration,
      playbackRate,
      position: Math.min(duration, Math.max(0, position)),
    });
  }
}
