"""Progress of a batch on a terminal: rows, failures and the time left; a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from serguide.cli.printing import say

if TYPE_CHECKING:
    from serguide.batch.scheduling import BatchProgress, BatchReport

_EVERY: Final = 60.0  # seconds between lines where there is no terminal


@contextmanager
def shown_rows() -> Iterator[BatchReport]:
    """Give a report function that draws a bar on stderr, or says a line each minute."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        console=Console(stderr=True),
        transient=True,
    )
    task = bars.add_task("rows", total=None, told="")

    def report(progress: BatchProgress) -> None:
        bars.update(task, completed=progress.done, total=progress.total, told=told(progress))

    with bars:
        yield report


class _Lines:
    """Say how far a batch has come, once a minute."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, progress: BatchProgress) -> None:
        if time.monotonic() - self._said >= _EVERY:
            self._said = time.monotonic()
            say(f"{progress.done:,} of {progress.total:,} rows; {told(progress)}")


def told(progress: BatchProgress) -> str:
    """Return what is said beside the count of rows."""
    from serguide.base.units import format_clock

    parts = ["making what rows share"] if progress.stage == "sharing" else []
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    if progress.left is not None and progress.done < progress.total:
        parts.append(f"about {format_clock(progress.left)} left")
    return ", ".join(parts)
