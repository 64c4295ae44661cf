"""Progress of a render as typed events, delivered in order and outside every lock."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal[
    "speaking", "pictures", "loops", "mixing", "encoding", "joining", "tags", "page",
    "decoding", "finding", "cutting",
]  # fmt: skip
"""The stages of a render, in the order in which they end; then those of adding recordings."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Tell how far a stage has come.

    done, total: sentences (speaking), soundscapes (loops), samples (mixing, encoding), tracks
    (joining), files (tags, pictures, page), seconds (decoding, finding), clips (cutting); done
    never falls within a stage. name: what was worked on, to show: a track's title, a
    soundscape's or a file's name; never a client's value.
    """

    stage: Stage
    done: int
    total: int
    name: str = ""


Report = Callable[[Progress], None]
"""Called from whichever thread did the work, one call at a time; what it raises ends the work."""


def silent(_progress: Progress) -> None:
    """Show nothing."""


class ProgressReporter:
    """Count the work of several threads and report it in order, never under a lock.

    Events queue up; one thread at a time delivers them, so that a slow report holds up nobody
    but the thread that delivers.
    """

    def __init__(self, report: Report = silent) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._waiting: deque[Progress] = deque()
        self._delivering = False
        self._totals: dict[Stage, int] = {}
        self._done: dict[Stage, int] = {}

    def begin(self, stage: Stage, total: int) -> None:
        """Say how much (more) there is to do of a stage, before any of it is added."""
        with self._lock:
            done = self._done.setdefault(stage, 0)
            self._totals[stage] = done + total

    def add(self, stage: Stage, amount: int = 1, name: str = "") -> None:
        """Count work as done, and report."""
        with self._lock:
            self._done[stage] += amount
            self._waiting.append(Progress(stage, self._done[stage], self._totals[stage], name))
            if self._delivering:
                return
            self._delivering = True
        self._deliver()

    def _deliver(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._delivering = False
                    return
                progress = self._waiting.popleft()
            try:
                self._report(progress)
            except BaseException:
                with self._lock:
                    self._delivering = False
                raise
