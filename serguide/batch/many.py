"""Plan the tasks of many requests: what they share first, once, then each request's own."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TypedDict, Unpack

from serguide.base.cores import cores
from serguide.base.errors import ScriptError, SerguideError, StoreError, UsageError
from serguide.base.tasks.cancel import Cancel
from serguide.batch.checking import Prepare
from serguide.batch.remote_bundles import RemoteBundles
from serguide.batch.running import versions_here
from serguide.batch.scheduling import (
    RETRIES,
    BatchProgress,
    BatchReport,
    Scheduler,
)
from serguide.batch.tasks import BatchTask, TaskResult, Work
from serguide.batch.voice_marks import voice_marks
from serguide.bundle.inputs import inputs_key
from serguide.cache.store import Store, key_of
from serguide.render.request import RenderRequest
from serguide.script.library import open_libraries

Door = tuple[Work, Prepare]
"""Functions of serguide.api: what does a task, and what prepares a request."""


class ManyOptions(TypedDict, total=False):
    """Say how many requests are run.

    workers: how many tasks the executor does at once, by default one a core; report, took: called
    in the caller's thread with the progress of the whole, and with each result as it comes;
    cancel: ends the work wherever it runs; retries: of what may pass; output_url: bundles go there,
    each under the name of its request's folder, and no folder here is made.
    """

    workers: int
    report: BatchReport
    took: Callable[[TaskResult], None]
    cancel: Cancel
    retries: int
    output_url: str | None


def run_many(
    requests: Sequence[RenderRequest],
    executor: Executor,
    door: Door,
    store: Store,
    store_url: str | None,
    **options: Unpack[ManyOptions],
) -> list[TaskResult]:
    """Run requests by an executor; see `serguide.api.render_many`; store: the one at store_url."""
    work, prepare = door
    workers, took = options.get("workers") or cores(), options.get("took")
    stop_key = os.urandom(32).hex()
    common = BatchTask(
        0,
        RenderRequest(""),
        store_url=store_url,
        stop_key=stop_key,
        versions=versions_here(),
        output_url=options.get("output_url"),
    )
    if common.output_url is not None:
        RemoteBundles(common.output_url).require()
    requests = [_as_sent(request) for request in requests]
    groups = _groups(requests)
    results: dict[int, TaskResult] = {}

    def stop() -> None:
        with contextlib.suppress(StoreError):  # then each ends with what it is at
            store.put(stop_key, b"stop")

    def take(result: TaskResult) -> None:
        results[result.index] = result
        if took is not None:
            took(result)

    scheduler = Scheduler(
        executor,
        work,
        len(requests),
        window=workers + max(1, workers // 2),  # so that nobody waits for the next task
        report=options.get("report", _silent),
        cancel=options.get("cancel") or Cancel(),
        stop=stop,
        retries=options.get("retries", RETRIES),
    )
    firsts = [group[0] for group in groups]
    inputs = _inputs(requests, groups) if common.output_url is not None else {}
    kinds: dict[int, _Kind] = {}
    for group in groups:
        kinds.update(dict.fromkeys(group, _Kind(requests[group[0]], prepare)))

    def task(index: int, twin: Path | None = None, track: int | None = None) -> BatchTask:
        return dataclasses.replace(
            common,
            index=index,
            request=requests[index],
            track=track,
            twin=twin,
            inputs=inputs.get(index, ""),
            voices=kinds[index].voices,
        )

    # Where groups are few, by track is faster than by row.
    if len(groups) < workers or len(requests) < 2 * workers:
        tracks = (task(index, track=each) for index in firsts for each in kinds[index].tracks)
        scheduler.run(tracks, lambda _result: None)
    scheduler.run((task(index) for index in firsts), take)
    twins = {index: requests[group[0]].folder for group in groups for index in group[1:]}
    rest = [index for index in range(len(requests)) if index in twins]
    far = common.output_url is not None
    scheduler.run((task(index, None if far else twins[index]) for index in rest), take)
    return [results[index] for index in range(len(requests))]


class _Kind:
    """Know what all requests of a kind have in common, looked up once, when it is first needed."""

    def __init__(self, request: RenderRequest, prepare: Prepare) -> None:
        self._request, self._prepare = request, prepare

    @property
    def tracks(self) -> Sequence[int]:
        """Return the numbers of its tracks, the longest first; none for what is wrong."""
        return self._known[0]

    @property
    def voices(self) -> Mapping[str, str]:
        """Return the marks of its voices; none for what is wrong, which the row itself tells."""
        return self._known[1]

    @functools.cached_property
    def _known(self) -> tuple[Sequence[int], Mapping[str, str]]:
        try:
            prepared = self._prepare(self._request)
            if prepared.timeline is None or prepared.program is None:
                return (), {}
            tracks = (*prepared.timeline.tracks, prepared.timeline.ground)
            numbers = sorted(range(len(tracks)), key=lambda number: -tracks[number].frames)
            return numbers, voice_marks(prepared.program)
        except SerguideError:
            return (), {}


def _inputs(requests: Sequence[RenderRequest], groups: Sequence[Sequence[int]]) -> dict[int, str]:
    """Return, by request, the key of all that it makes its bundle from, as this machine has it.

    Where that is not clear there is none, and the bundle is made.
    """
    found: dict[int, str] = {}
    for group in groups:
        first = dataclasses.replace(requests[group[0]], values={})
        with contextlib.suppress(OSError, ScriptError, UsageError):
            common = inputs_key(first, open_libraries(first.libraries))
            for index in group:
                values = sorted(requests[index].values.items())
                found[index] = key_of({"what": "bundle", "from": common, "values": values})
    return found


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
