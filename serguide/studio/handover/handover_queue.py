"""Queue of handings over: one is made after another, and what waits outlives the studio."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, Final

from serguide.base.errors import Cancelled, ScriptError, SerguideError, UsageError
from serguide.base.tasks.cancel import Cancel
from serguide.studio.handover.handover_making import make_handover
from serguide.studio.handover.handover_progress import HandoverProgress
from serguide.studio.handover.records import Handover, Records, now
from serguide.studio.studio import Studio

ENDED: Final = ("done", "failed", "cancelled")

_LOOK: Final = 0.25  # seconds between looks at the work


class HandoverQueue:
    """Make what waits, in a thread of its own that begins with the first and ends with the last.

    A render takes all cores, so that two at once would only take turns.
    """

    def __init__(self, studio: Studio) -> None:
        """Go on with what an earlier studio has left."""
        self._studio = studio
        self.records = Records(studio.library)
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._working: tuple[str, Cancel] | None = None
        self._progress: HandoverProgress | None = None
        self._closing = False
        self._take_up()
        studio.at_end(self.close)

    def add(self, handover: Handover) -> None:
        """Have one made that its record says waits."""
        self._start()

    def cancel(self, ident: str) -> Handover:
        """End one that waits or is made; what is finished of it stays in the cache."""
        found = self.records.find(ident)
        with self._lock:
            working = self._working
            if working and working[0] == ident:
                working[1].cancel()
                return found
        if found.state in ("waiting", "working"):
            found = self.records.update(ident, state="cancelled") or found
            self._tell()
        return found

    def wait_for(self, ident: str, seconds: float = 10.0) -> None:
        """Wait until one is not worked on any more."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._working is None or self._working[0] != ident, seconds
            )

    def snapshot(self, ident: str) -> dict[str, Any]:
        """Return how far one is, as data. Raises UsageError."""
        found = self.records.find(ident)
        data = summary(found)
        with self._lock:
            if self._working and self._working[0] == ident and self._progress:
                data["state"] = "working"
                data["progress"] = self._progress.snapshot()
        if found.state == "waiting":
            ahead = [each.id for each in self.records.all() if each.state not in ENDED]
            data["ahead"] = ahead.index(ident) if ident in ahead else 0
        return data

    def follow(self, ident: str, cancel: Cancel) -> Iterator[dict[str, Any]]:
        """Yield how far one is whenever that has changed, until it has ended or nobody listens."""
        shown: dict[str, Any] = {}
        while not cancel.cancelled and not self._closing:
            found = self.snapshot(ident)
            if found != shown:
                shown = found
                yield found
            if found["state"] in ENDED:
                return
            with self._changed:
                self._changed.wait(_LOOK)

    def close(self) -> None:
        """End the work; what was under way waits again, and goes on when the studio starts."""
        self._closing = True
        with self._lock:
            thread = self._thread
            if self._working:
                self._working[1].cancel()
        self._tell()
        if thread:
            thread.join(5.0)

    def _take_up(self) -> None:
        try:
            left = [each for each in self.records.all() if each.state in ("waiting", "working")]
        except SerguideError:
            return  # told where it is shown
        for each in left:
            if each.state == "working":
                self.records.update(each.id, state="waiting")
        if left:
            self._start()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="handover", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._lock:
                following = None if self._closing else self._next()
                if following is None:
                    self._thread = None
                    return
                cancel = Cancel()
                self._working, self._progress = (following.id, cancel), None
            try:
                self._make(following, cancel)
            finally:
                with self._lock:
                    self._working = self._progress = None
                self._tell()

    def _next(self) -> Handover | None:
        try:
            return next((each for each in self.records.all() if each.state == "waiting"), None)
        except SerguideError:
            return None

    def _make(self, handover: Handover, cancel: Cancel) -> None:
        try:
            self.records.update(handover.id, state="working")
            self._tell()
            made = make_handover(self._studio, handover, self._begun, cancel)
            changed = {"files": made.files, "address": made.address, "done": now()}
            self.records.update(handover.id, state="done", **changed)
        except Cancelled:
            state = "waiting" if self._closing else "cancelled"
            self.records.update(handover.id, state=state)
        except ScriptError as error:
            first = error.problems[0]
            self._fail(handover.id, first.message, str(first.hint))
        except SerguideError as error:
            self._fail(handover.id, error.message, str(error.hint))
        except Exception as error:  # the queue goes on, whatever befalls one
            from serguide.studio.server.answers import told

            words = told(self._studio, error)
            self._fail(handover.id, str(words["message"]), str(words["hint"]))

    def _fail(self, ident: str, message: str, hint: str) -> None:
        self.records.update(ident, state="failed", problem=(message, hint))

    def _begun(self, progress: HandoverProgress) -> None:
        with self._lock:
            self._progress = progress
        self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()


def summary(handover: Handover) -> dict[str, Any]:
    """Return one as a page gets it."""
    return {
        "id": handover.id,
        "person": handover.person,
        "who": handover.who,
        "name": handover.name,
        "title": handover.title,
        "minutes": handover.minutes,
        "state": handover.state,
        "asked": handover.asked,
        "done": handover.done,
        "ways": handover.ways.as_data(),
        "files": [{"name": name, "bytes": size} for name, size in handover.files],
        "address": handover.address,
        "problem": {"message": handover.problem[0], "hint": handover.problem[1]},
    }


def require_ended(handover: Handover) -> None:
    """Raise UsageError for one that is still to be made."""
    if handover.state != "done":
        raise UsageError("it is not made yet", "wait until it is, or make it again")
