/** Title, cover and buttons where the phone shows them (W3C Media Session). */

export class LockScreen {
  constructor(data, cover, actions) {
    this.session = navigator.mediaSession;
    this.data = data;
    this.cover = cover;
    if (!this.session) return;
    for (const [name, action] of Object.entries(actions)) {
      try {
        this.session.setActionHandler(name, action);
      } catch {
        // An action that this browser does not know.
      }
    }
  }

  tell(title) {
    if (!this.session) return;
    this.session.metadata = new MediaMetadata({
      title,
      album: this.data.title,
      artist: this.data.title,
      // A system shows no picture from a disk.
      artwork: this.cover.startsWith("file:")
        ? [] : [{ src: this.cover, sizes: "800x800", type: "image/png" }],
    });
  }

  state(playing) {
    if (this.session) this.session.playbackState = playing ? "playing" : "paused";
  }

  place(position, duration, playbackRate) {
    if (!this.session?.setPositionState) return;
    this.session.setPositionState({
      duration, playbackRate, position: Math.min(duration, Math.max(0, position)),
    });
  }
}
