"""Pool of processes that is made anew when one of them is killed, and ends with its maker.

    with WorkerPool(2) as pool:
        pool.submit(work, task)

A pool of concurrent.futures is of no more use once a process of it was killed; here the tasks
that it had are told to be lost, and the next one goes to new processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import FrameType
from typing import Any, Final

_SINGLE: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""One thread a process in libraries of linear algebra: more would only wait for one another, at
twice the processor time."""


class WorkerPool(Executor):
    """Run tasks in so many processes; each is started once, and works on many tasks."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand a call to a process; a pool that lost one is given up for a new one."""
        with self._lock:
            if self._pool is not None:
                try:
                    return self._pool.submit(fn, *args, **kwargs)
                except BrokenProcessPool:
                    self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = self._begun()
            with _single_threaded():
                return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when they are through with what they do."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _begun(self) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork takes over locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, context, initializer=begin_worker)


def begin_worker() -> None:
    """Make a process a worker: what ends it is its maker's word, or its maker's end."""
    os.environ.update({name: os.environ.get(name, one) for name, one in _SINGLE.items()})
    # A terminal sends Ctrl-C to all of its processes; the batch tells workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A pool that lost a process ends the others by this, in the middle of what they do.
    signal.signal(signal.SIGTERM, _end_at_once)
    threading.Thread(target=_end_with_maker, daemon=True).start()


def _end_at_once(number: int, _frame: FrameType | None = None) -> None:
    """Put away what is half-made, and end; what threads still write goes with it."""
    from serguide.base.files.temporary import clear_away

    clear_away()
    os._exit(128 + number)


def _end_with_maker() -> None:
    """Wait until the process that made this one is gone, and end: nobody would take a result."""
    maker = multiprocessing.parent_process()
    if maker is None:
        return
    maker.join()
    _end_at_once(signal.SIGHUP if os.name == "posix" else signal.SIGTERM)


@contextlib.contextmanager
def _single_threaded() -> Iterator[None]:
    """Set what a new process reads before any module of its own is imported."""
    missing = {name: one for name, one in _SINGLE.items() if name not in os.environ}
    os.environ.update(missing)
    try:
        yield
    finally:
        for name in missing:
            os.environ.pop(name, None)
