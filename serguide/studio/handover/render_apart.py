"""Render in a process of its own, behind everything else that the machine does.

A render works in threads that hold the interpreter now and then, and takes all cores: in the
studio's own process every answer would wait for it. Apart, its memory is given back when it has
ended, and a library that crashes takes nobody's page with it. It ends with the studio, however that
ends.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from serguide.base.errors import BundleError, SerguideError
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.progress import Progress, Report
from serguide.cache.store import Store
from serguide.render.request import RenderRequest

NICE: Final = 5
"""Added to the priority number: a quarter of a processor beside who wants all of it."""
_LOOK: Final = 0.1  # seconds between looks at whether it is to end, and between two tellings
_PATIENCE: Final = 30.0  # seconds that a cancelled render has, which ends between two sentences
_GRACE: Final = 5.0  # seconds that a process has to end in


class ApartError(Exception):
    """Carry the traceback of what nobody foresaw in the other process."""


def render_apart(request: RenderRequest, store: Store, report: Report, cancel: Cancel) -> None:
    """Render a request; as `api.render`, with the store of a folder.

    Raises what that raises, BundleError when the process is ended from outside, ApartError.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_work, args=(theirs, request, store.root), name="serguide-render", daemon=True
    )
    process.start()
    theirs.close()
    try:
        _follow(ours, report, cancel)
    finally:
        ours.close()
        process.join(_GRACE)
        if process.is_alive():
            process.kill()
            process.join()


def _follow(ours: Connection, report: Report, cancel: Cancel) -> None:
    """Tell what the other process tells, until it has ended."""
    asked = 0.0
    while True:
        if cancel.cancelled and not asked:
            asked = time.monotonic()
            with suppress(OSError):
                ours.send(None)
        if asked and time.monotonic() - asked > _PATIENCE:
            cancel.check()
        if not ours.poll(_LOOK):
            continue
        try:
            told = ours.recv()
        except (EOFError, OSError):
            cancel.check()
            raise BundleError(
                "the render was ended by another program, or there was not enough memory",
                "close other programs, then make it again",
            ) from None
        if told is None:
            return
        if isinstance(told, Exception):
            raise told
        for event in told:
            report(event)


def _work(theirs: Connection, request: RenderRequest, root: Path) -> None:
    """Render in this process, and tell of it."""
    from serguide import api
    from serguide.batch.worker_pool import begin_worker

    begin_worker()
    with suppress(OSError, AttributeError):  # Windows has no such number
        os.nice(NICE)
    cancel, events = Cancel(), _Telling(theirs)
    threading.Thread(target=_end_when_told, args=(theirs, cancel), daemon=True).start()
    try:
        api.render(request, report=events.take, cancel=cancel, store=Store(root))
    except SerguideError as error:
        told: object = error
    except BaseException as error:
        told = ApartError("".join(traceback.format_exception(error)))
    else:
        told = None
    with suppress(OSError):
        events.flush()
        theirs.send(told)


def _end_when_told(theirs: Connection, cancel: Cancel) -> None:
    with suppress(EOFError, OSError):
        theirs.recv()
    cancel.cancel()


class _Telling:
    """Send events in bundles: there are thousands, and each costs the studio a moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[Progress] = []
        self._sent = 0.0

    def take(self, event: Progress) -> None:
        self._waiting.append(event)
        if time.monotonic() - self._sent > _LOOK:
            self.flush()

    def flush(self) -> None:
        waiting, self._waiting, self._sent = self._waiting, [], time.monotonic()
        if waiting:
            self._connection.send(waiting)
