"""Hand tasks to an executor: shared ones first, so many at once, what is transient once more.

Nothing is asked of the executor but `submit` with positional arguments and futures of
concurrent.futures: a pool of processes here, `client.get_executor()` of a Dask cluster there.
"""

from __future__ import annotations

import dataclasses
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from typing import Final

from serguide.base.errors import Cancelled, NetworkError, UsageError
from serguide.base.tasks.cancel import Cancel
from serguide.batch.tasks import LOST, BatchTask, TaskResult, Work

RETRIES: Final = 4
"""Times that a task is tried again after what may pass."""

_LOOK: Final = 0.2  # seconds between looks at whether to cancel
_LAST: Final = 60.0  # seconds that running tasks get to end themselves when all is cancelled
_PAUSE: Final = 0.5  # seconds before a second try, doubled for each further one
_RECENT: Final = 40  # rows that the time left is reckoned from


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Tell how far a batch has come.

    total: rows; made, unchanged, failed: of these; left: seconds that the rest may take, None
    while nobody can tell; stage: `sharing` while what many rows share is made first, or `rows`.
    """

    total: int
    made: int = 0
    unchanged: int = 0
    failed: int = 0
    left: float | None = None
    stage: str = "rows"

    @property
    def done(self) -> int:
        """Return how many rows are through."""
        return self.made + self.unchanged + self.failed


BatchReport = Callable[[BatchProgress], None]
"""Called from the thread that called, one call at a time; what it raises ends the batch."""


class Scheduler:
    """Run the tasks of one batch.

    window: tasks that are handed over at once; stop: tells workers to end, wherever they are.
    """

    def __init__(
        self,
        executor: Executor,
        work: Work,
        total: int,
        *,
        window: int,
        report: BatchReport,
        cancel: Cancel,
        stop: Callable[[], None],
        retries: int = RETRIES,
    ) -> None:
        self._executor = executor
        self._work = work
        self._window = window
        self._report = report
        self._cancel = cancel
        self._stop = stop
        self._retries = retries
        self._progress = BatchProgress(total)
        self._ended: deque[float] = deque(maxlen=_RECENT)

    def run(self, tasks: Iterable[BatchTask], took: Callable[[TaskResult], None]) -> None:
        """Do all tasks, in their order; `took` is told each result as it comes.

        Raises Cancelled, NetworkError when all workers are out of reach, and UsageError for one
        whose versions are others; on every exception, KeyboardInterrupt too, what runs is told to
        end and, where it can be heard, waited for.
        """
        waiting = iter(tasks)
        again: list[tuple[float, BatchTask, int]] = []
        running: dict[Future[TaskResult], tuple[BatchTask, int]] = {}
        self._ended.append(time.monotonic())
        self._report(self._progress)
        try:
            while True:
                self._cancel.check()
                self._require_alive()
                while len(running) < self._window:
                    following = _due(again) or _next(waiting)
                    if following is None:
                        break
                    running[self._submit(following[0])] = following
                if not running and not again:
                    return
                if not running:
                    time.sleep(_LOOK)
                done, _ = wait(running, _LOOK, FIRST_COMPLETED)
                for future in done:
                    task, tries = running.pop(future)
                    result = dataclasses.replace(_result_of(future, task), tries=tries)
                    if result.refused:
                        raise UsageError(
                            f"a worker is not as this machine is: {result.refused}",
                            "install the same on all of them, and begin again",
                        )
                    if result.transient and tries <= self._retries:
                        again.append(
                            (time.monotonic() + _PAUSE * 2 ** (tries - 1), task, tries + 1)
                        )
                    else:
                        self._take(task, result, took)
        except NetworkError:
            self._end(running, took, 0.0)
            raise
        except BaseException:
            self._end(running, took, _LAST)
            raise

    def _require_alive(self) -> None:
        """Raise NetworkError when what hands tasks to machines is gone, where it can tell."""
        ask = getattr(self._executor, "require_alive", None)
        if ask is not None:
            ask()

    def _submit(self, task: BatchTask) -> Future[TaskResult]:
        try:
            return self._executor.submit(self._work, task)
        except Exception as error:
            if type(error).__name__ not in LOST:
                raise
            lost: Future[TaskResult] = Future()
            lost.set_exception(error)
            return lost

    def _take(
        self, task: BatchTask, result: TaskResult, took: Callable[[TaskResult], None]
    ) -> None:
        took(result)
        now = self._progress
        if task.track is not None:
            self._report(dataclasses.replace(now, stage="sharing"))
            return
        self._ended.append(time.monotonic())
        self._progress = dataclasses.replace(
            now,
            made=now.made + (result.state == "made"),
            unchanged=now.unchanged + (result.state == "unchanged"),
            failed=now.failed + (result.state == "failed"),
        )
        pace = (self._ended[-1] - self._ended[0]) / (len(self._ended) - 1)
        left = pace * (self._progress.total - self._progress.done)
        self._report(dataclasses.replace(self._progress, left=left))

    def _end(
        self,
        running: dict[Future[TaskResult], tuple[BatchTask, int]],
        took: Callable[[TaskResult], None],
        patience: float,
    ) -> None:
        """Let go of what waits, and give what runs the time to put its things away."""
        self._stop()
        for future in running:
            future.cancel()
        done, _ = wait(running, patience)
        for future in done:
            result = _result_of(future, running[future][0])
            if result.state in ("made", "unchanged") and running[future][0].track is None:
                took(result)


def _next(waiting: Iterator[BatchTask]) -> tuple[BatchTask, int] | None:
    task = next(waiting, None)
    return None if task is None else (task, 1)


def _due(again: list[tuple[float, BatchTask, int]]) -> tuple[BatchTask, int] | None:
    """Take the first task whose time has come to be tried again."""
    now = time.monotonic()
    for position, (when, task, tries) in enumerate(again):
        if when <= now:
            del again[position]
            return task, tries
    return None


def _result_of(future: Future[TaskResult], task: BatchTask) -> TaskResult:
    """Return what became of a task, also where the process that did it is gone."""
    try:
        return future.result()
    except (CancelledError, Cancelled):
        return TaskResult(task.index, "cancelled")
    except Exception as error:
        name = type(error).__name__
        transient = name in LOST or isinstance(error, OSError)
        reason = "the process that made it was lost" if transient else f"{name} in a worker"
        hint = "see whether memory runs out" if transient else "this is a fault of the program"
        return TaskResult(task.index, "failed", reason, hint, transient=transient)
