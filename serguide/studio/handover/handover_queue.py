"""Queue of handings over: one is made after another, and what waits outlives the studio."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from serguide.base.errors import Cancelled, SerguideError, UsageError
from serguide.base.tasks.cancel import Cancel
from serguide.studio.handover.handover_making import HandedFiles, make_handover, take_back
from serguide.studio.handover.handover_progress import HandoverProgress
from serguide.studio.handover.records import Handover, Records, now
from serguide.studio.studio import Studio

ENDED: Final = ("done", "failed", "cancelled")

_LOOK: Final = 0.25  # seconds between looks at the work


@dataclass(slots=True)
class _Making:
    """Hold what is made just now; unwanted: the therapist has cancelled it."""

    handover: Handover
    cancel: Cancel = field(default_factory=Cancel)
    unwanted: bool = False


class HandoverQueue:
    """Make what waits, in a thread of its own that begins with the first and ends with the last.

    A render takes all cores, so that two at once would only take turns.
    """

    def __init__(self, studio: Studio) -> None:
        """Go on with what an earlier studio has left."""
        self._studio = studio
        self.records = Records(studio.library)
        # Held over each change of a state with the reasons for it: what is cancelled is not begun
        # in between, and what is done was not cancelled. Taken before the other lock.
        self._settling = threading.Lock()
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._working: _Making | None = None
        self._progress: HandoverProgress | None = None
        self._closing = False
        self._take_up()
        studio.at_end(self.close)

    def add(self, handover: Handover) -> None:
        """Have one made that its record says waits."""
        self._start()

    def cancel(self, ident: str) -> Handover:
        """End one that waits or is made; what is finished of it stays in the cache."""
        with self._settling:
            found = self.records.find(ident)
            if found.state in ("waiting", "working"):
                if working := self._worked_on(ident):
                    working.unwanted = True
                    working.cancel.cancel()
                # At once, so that a studio that is killed before the work has ended knows it too.
                found = self.records.update(ident, state="cancelled") or found
        self._tell()
        return found

    def wait_for(self, ident: str, seconds: float = 10.0) -> bool:
        """Wait until one is not worked on any more; tell whether that came about in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._worked_on(ident), seconds)

    def snapshot(self, ident: str) -> dict[str, Any]:
        """Return how far one is, as data. Raises UsageError."""
        found = self.records.find(ident)
        data = summary(found)
        with self._lock:
            if self._progress and self._working and self._working.handover.id == ident:
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
        with self._settling:
            thread = self._thread
            if self._working:
                self._working.cancel.cancel()
        self._tell()
        if thread:
            thread.join(5.0)

    def _take_up(self) -> None:
        try:
            found = self.records.all()
        except SerguideError:
            return  # told where it is shown
        for each in found:
            if each.state == "working":
                self.records.update(each.id, state="waiting")
            elif each.state == "cancelled":
                take_back(self.records.folder / each.id)
        if any(each.state in ("waiting", "working") for each in found):
            self._start()

    def _start(self) -> None:
        with self._settling:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="handover", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while making := self._begin():
                self._make(making)
        except SerguideError:
            # The records cannot be written: the next that is added begins again.
            with self._settling:
                self._put_down()
                self._thread = None

    def _begin(self) -> _Making | None:
        """Take up the next that waits; None, and the thread is no more, when there is none."""
        with self._settling:
            following = None if self._closing else self._next()
            if following is None:
                self._thread = None
                return None
            making = _Making(following)
            with self._lock:
                self._working, self._progress = making, None
            self.records.update(following.id, state="working")
        self._tell()
        return making

    def _put_down(self) -> None:
        with self._lock:
            self._working = self._progress = None
        self._tell()

    def _worked_on(self, ident: str) -> _Making | None:
        with self._lock:
            working = self._working
        return working if working and working.handover.id == ident else None

    def _next(self) -> Handover | None:
        try:
            return next((each for each in self.records.all() if each.state == "waiting"), None)
        except SerguideError:
            return None

    def _make(self, making: _Making) -> None:
        handover = making.handover
        try:
            made = make_handover(self._studio, handover, self._begun, making.cancel)
        except Cancelled:
            self._settle(making, state="waiting")
        except Exception as error:  # the queue goes on, whatever befalls one
            self._fail(making, error)
        else:
            self._settle(making, state="done", **_outcome(made))

    def _fail(self, making: _Making, error: Exception) -> None:
        from serguide.studio.server.answers import told

        words = told(self._studio, error)
        problem = (str(words["message"]), str(words["hint"]))
        self._settle(making, state="failed", problem=problem)

    def _settle(self, making: _Making, **changed: Any) -> None:
        """Write down what became of one, unless it was cancelled until now; let go of it."""
        ident = making.handover.id
        with self._settling:
            if making.unwanted:
                take_back(self.records.folder / ident)
                changed = {"state": "cancelled"}
            self.records.update(ident, **changed)
            self._put_down()

    def _begun(self, progress: HandoverProgress) -> None:
        with self._lock:
            self._progress = progress
        self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _outcome(made: HandedFiles) -> dict[str, Any]:
    return {"files": made.files, "address": made.address, "done": now()}


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
