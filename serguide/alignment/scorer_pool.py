"""Weigh readings in processes of their own: the recogniser holds Python's lock while it listens."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from serguide.alignment.evidence import Evidence, ReadingSound, SentenceScorer
from serguide.alignment.phone_variants import SpokenWord

COMMAND: Final = ("-P", "-m", "serguide.alignment.scorer_process")
"""What Python is asked for; the self-contained program knows it too."""


class ScorerPool:
    """Score as SentenceScorer does, so many stretches at once. Used in a `with`.

    The processes end with this one, however it ends. What a process that ended could not say, and
    all after it, is scored here.
    """

    def __init__(
        self, language: str, sentences: Sequence[Sequence[SpokenWord]], count: int
    ) -> None:
        self.ahead = ThreadPoolExecutor(count, "scorer", self._begin)
        self._asked = (language, sentences)
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._here: SentenceScorer | None = None
        self._over = False

    def score(self, heard: ReadingSound) -> Evidence | None:
        """Return what a stretch says of its sentence."""
        process = self._processes.get(threading.get_ident())
        if process is not None:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                pickle.dump(heard, process.stdin)
                process.stdin.flush()
                told: Evidence | None = pickle.load(process.stdout)
                return told
            except (OSError, EOFError, pickle.UnpicklingError):
                self._processes.pop(threading.get_ident(), None)
                _end(process)
        if self._over:
            return None
        with self._lock:  # a recogniser is not for two threads at once
            if self._here is None:
                self._here = SentenceScorer(*self._asked)
            return self._here.score(heard)

    def _begin(self) -> None:
        """Give this thread a process."""
        try:
            process = subprocess.Popen(
                [sys.executable, *COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return
        self._processes[threading.get_ident()] = process
        assert process.stdin is not None
        with suppress(OSError):  # told when it is first asked
            pickle.dump(self._asked, process.stdin)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        for process in list(self._processes.values()):
            process.kill()  # what waits for its answer goes on at once
        self.ahead.shutdown(cancel_futures=True)
        for process in list(self._processes.values()):
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        with suppress(OSError):  # what it was told last never reached it
            pipe.close()
    process.wait()
