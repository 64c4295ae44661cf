"""Plan the tasks of many requests: what they share first, once, then each request's own."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

from serguide.base.tasks.cancel import Cancel
from serguide.batch.running import versions_here
from serguide.batch.scheduling import (
    RETRIES,
    BatchProgress,
    BatchReport,
    Scheduler,
)
from serguide.batch.tasks import BatchTask, TaskResult, Work
from serguide.cache.store import Store
from serguide.render.plan import cores
from serguide.render.request import RenderRequest

TracksOf = Callable[[RenderRequest], list[int]]
"""Returns the numbers of a request's tracks, the longest first."""


def run_many(
    requests: Sequence[RenderRequest],
    executor: Executor,
    work: Work,
    tracks_of: TracksOf,
    store: Store,
    *,
    workers: int | None,
    store_url: str | None,
    report: BatchReport | None,
    took: Callable[[TaskResult], None] | None,
    cancel: Cancel | None,
    retries: int | None,
) -> list[TaskResult]:
    """Run requests by an executor; see `serguide.api.render_many`.

    work: does a task, a function of a module; store: the one at store_url.
    """
    workers = workers or cores()
    stop_key = os.urandom(32).hex()
    common = BatchTask(
        0, RenderRequest(""), store_url=store_url, stop_key=stop_key, versions=versions_here()
    )
    requests = [_as_sent(request) for request in requests]
    groups = _groups(requests)
    results: dict[int, TaskResult] = {}

    def take(result: TaskResult) -> None:
        results[result.index] = result
        if took is not None:
            took(result)

    scheduler = Scheduler(
        executor,
        work,
        len(requests),
        window=workers + max(1, workers // 2),  # so that nobody waits for the next task
        report=report or _silent,
        cancel=cancel or Cancel(),
        stop=lambda: store.put(stop_key, b"stop"),
        retries=RETRIES if retries is None else retries,
    )
    firsts = [group[0] for group in groups]
    if len(groups) < workers or len(requests) < 2 * workers:
        scheduler.run(_by_track(firsts, requests, common, tracks_of), lambda _result: None)
    scheduler.run((_task(common, index, requests[index]) for index in firsts), take)
    twins = {index: requests[group[0]].folder for group in groups for index in group[1:]}
    rest = [index for index in range(len(requests)) if index in twins]
    scheduler.run(
        (
            dataclasses.replace(_task(common, index, requests[index]), twin=twins[index])
            for index in rest
        ),
        take,
    )
    return [results[index] for index in range(len(requests))]


def _task(common: BatchTask, index: int, request: RenderRequest) -> BatchTask:
    return dataclasses.replace(common, index=index, request=request)


def _by_track(
    firsts: Sequence[int],
    requests: Sequence[RenderRequest],
    common: BatchTask,
    tracks_of: TracksOf,
) -> Iterator[BatchTask]:
    """Yield the tracks of each group's first request: faster than by row where groups are few."""
    for index in firsts:
        for number in tracks_of(requests[index]):
            yield dataclasses.replace(_task(common, index, requests[index]), track=number)


def _groups(requests: Sequence[RenderRequest]) -> list[list[int]]:
    """Part requests, by index, into those that share all that holds no value."""
    groups: dict[object, list[int]] = {}
    for index, request in enumerate(requests):
        named = dataclasses.replace(request, target=None, values=dict.fromkeys(request.values, ""))
        alike = tuple(
            repr(sorted(value) if field.name == "values" else value)
            for field in dataclasses.fields(named)
            for value in (getattr(named, field.name),)
        )
        groups.setdefault(alike, []).append(index)
    return list(groups.values())


def _as_sent(request: RenderRequest) -> RenderRequest:
    """Return a request that means the same wherever it is read: by whole paths, on one thread."""
    what = str(request.what)
    if "/" in what or os.sep in what or Path(what).suffix in (".yaml", ".yml"):
        what = os.fspath(Path(what).absolute())
    return dataclasses.replace(
        request,
        what=what,
        target=request.folder.absolute(),
        libraries=tuple(folder.absolute() for folder in request.libraries),
        jobs=request.jobs or 1,
    )


def _silent(_progress: BatchProgress) -> None:
    """Show nothing."""
