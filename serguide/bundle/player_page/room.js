/** Come back to the room: from anywhere, at once, gently. */

import { lastBefore } from "./data.js";
import { byId, show } from "./dom.js";

const CROSSING = 600;
/** Milliseconds in which the session goes and the room comes; under a second. */

const SENTENCE = 12;
/** Seconds to go back at most, so that going on does not begin inside a sentence. */

export class Room {
  constructor({ session, ground, views, says }) {
    Object.assign(this, { session, ground, views, says });
    byId("room").addEventListener("click", () => this.enter());
    byId("only-room").addEventListener("click", () => this.enter());
    byId("worse-room").addEventListener("click", () => this.enter());
    byId("again").addEventListener("click", () => this.enter());
    byId("go-on").addEventListener("click", () => this.goOn());
    ground.addEventListener("change", () => show(byId("again"), !ground.playing));
  }

  enter() {
    // Both begin inside the tap: a phone lets sound start nowhere else.
    if (!this.ground.playing) {
      this.ground.seek(0);
      this.ground.play(CROSSING);
    }
    this.session.pause(CROSSING);
    this.views.show("ground");
  }

  goOn() {
    this.leave();
    if (!(this.session.at > 0)) {
      this.views.show("before");
      return;
    }
    const at = this.session.at;
    const say = this.says[lastBefore(this.says, at)];
    if (say && at < say.end && at - say.start < SENTENCE) this.session.seek(say.start);
    this.session.play(CROSSING);
    this.views.show("playing");
  }

  leave() {
    this.ground.pause(CROSSING);
  }
}
