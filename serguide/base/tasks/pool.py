"""Thread pool whose jobs may return more jobs."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from serguide.base.tasks.cancel import Cancel

Job = Callable[[], "Iterable[Job] | None"]
"""Does one thing; returns the jobs that it made possible, if any."""


class Stopped(Exception):  # noqa: N818  (ends a job when another has failed; no one sees it)
    """Another job failed, or the user interrupted."""


class JobPool:
    """Do jobs in order, so many at once.

    What a job made possible goes before what was waiting: what was begun is finished first,
    and little is held in memory.
    """

    def __init__(self, count: int, cancel: Cancel | None = None) -> None:
        self._count = count
        self._cancel = cancel or Cancel()
        self._waiting: deque[Job] = deque()
        self._busy = 0
        self._changed = threading.Condition()
        self._stop = False

    def run(self, jobs: Iterable[Job]) -> None:
        """Do all jobs; when one fails, or on an interrupt, end the others and raise why."""
        self._waiting.extend(jobs)
        with ThreadPoolExecutor(self._count) as pool, self._stopped_by_errors():
            working = [pool.submit(self._work) for _ in range(self._count)]
            wait(working)
            errors = [error for each in working if (error := each.exception())]
            if errors:
                raise next((e for e in errors if not isinstance(e, Stopped)), errors[0])

    def go_on(self) -> None:
        """Raise Stopped or Cancelled when a job had better end. Long jobs call it now and then."""
        self._cancel.check()
        if self._stop:
            raise Stopped

    def _work(self) -> None:
        with self._stopped_by_errors():
            while (job := self._next()) is not None:
                more: list[Any] = []
                try:
                    self._cancel.check()
                    more += job() or ()
                finally:
                    with self._changed:
                        self._busy -= 1
                        self._waiting.extendleft(reversed(more))
                        self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            # Who has nothing to do waits for what a job that is being done may bring forth.
            self._changed.wait_for(lambda: self._stop or self._waiting or not self._busy)
            if self._stop or not self._waiting:
                return None
            self._busy += 1
            return self._waiting.popleft()

    @contextlib.contextmanager
    def _stopped_by_errors(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            with self._changed:
                self._stop = True
                self._changed.notify_all()
            raise
