"""Progress bars on a terminal, with the time left; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from serguide.base.tasks.progress import Progress, Report, Stage, silent


@contextmanager
def shown() -> Iterator[Report]:
    """Give a report function that draws a bar for each stage on stderr."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bars
    from rich.progress import TimeRemainingColumn as TimeLeft

    bars = Bars(
        TextColumn("{task.description:<9}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeLeft(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[Stage, TaskID] = {}

    def report(progress: Progress) -> None:
        stage = progress.stage
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=progress.total)
        bars.update(tasks[stage], completed=progress.done, total=progress.total)

    with bars:
        yield report
