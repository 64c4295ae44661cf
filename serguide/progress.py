"""How far a long piece of work has come, told to whoever wants to show it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal

Stage = Literal["narrating", "mixing", "encoding"]

Report = Callable[[Stage, int, int], None]
"""Called with (stage, done, total); done and total count sentences or samples."""


def silent(_stage: Stage, _done: int, _total: int) -> None:
    """Show nothing."""


class Tally:
    """Add up what several threads have done of one stage."""

    def __init__(self, stage: Stage, total: int, report: Report) -> None:
        self._stage: Stage = stage
        self._total = total
        self._report = report
        self._done = 0
        self._lock = threading.Lock()

    def add(self, amount: int) -> None:
        """Count work as done, and report."""
        with self._lock:
            self._done += amount
            self._report(self._stage, self._done, self._total)
