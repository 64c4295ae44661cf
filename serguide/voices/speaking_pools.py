"""Threads that speak: serial engines take one sentence at a time, others as many as asked for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Self, TypeVar

from serguide.voices.base import Voice

_Result = TypeVar("_Result")


class SpeakingPools:
    """Run jobs of several voices; used in a `with`, which ends when all jobs have ended.

    jobs: sentences at once of all voices that are not serial. A serial engine has a thread of
    its own beside them, so that a slow service holds up nobody else; with one job all share it.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._stack = ExitStack()
        self._pools: dict[str, ThreadPoolExecutor] = {}

    def submit(self, voice: Voice, job: Callable[[], _Result]) -> Future[_Result]:
        """Have a voice's job done as soon as one of its threads is free; first come, first done."""
        engine = voice.name.partition(":")[0] if voice.serial and self._jobs > 1 else ""
        if engine not in self._pools:
            pool = ThreadPoolExecutor(1 if engine else self._jobs)
            self._pools[engine] = self._stack.enter_context(pool)
        return self._pools[engine].submit(job)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
