"""Do one task of a batch in a worker: refuse, recognise or render; tell what became of it."""

from __future__ import annotations

import errno
import functools
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from serguide.base.errors import Cancelled, NetworkError, SerguideError, StoreError
from serguide.base.files.failures import is_full
from serguide.base.files.owned import owned
from serguide.base.files.remote_folder import RemoteError, is_remote
from serguide.base.files.temporary import new_name
from serguide.base.tasks.cancel import Cancel
from serguide.batch.checking import PreparedRequest
from serguide.batch.remote_bundles import RemoteBundle, RemoteBundles
from serguide.batch.sharing import share_files
from serguide.batch.tasks import BatchTask, State, TaskResult
from serguide.batch.voice_marks import OtherVoices, require_same_voices
from serguide.bundle.publish import Rendered
from serguide.bundle.unchanged import Unchanged
from serguide.cache.store import Store, key_of
from serguide.cache.versions import STEPS, installed, stamp
from serguide.render.request import RenderRequest

STORE_LOST: Final = "B016"
"""Code of the warning that a shared store did not answer, or held what was damaged."""

_LOOK: Final = 0.25  # seconds between looks at whether all is to end
_LOOK_FAR: Final = 2.0  # of a store at a URL, where each look is a question over a network
_LASTING: Final = (
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
    errno.EISDIR,
)
"""What a disk answers that it will answer again."""


@dataclass(frozen=True, slots=True)
class Means:
    """Hold what does the work of a task: functions of serguide.api.

    open_store: by its URL, None for the user's own; track: renders one track by its number.
    """

    open_store: Callable[[str | None], Store]
    unchanged: Callable[..., Unchanged | None]
    render: Callable[..., Rendered]
    track: Callable[..., str]


def versions_here() -> dict[str, str | int]:
    """Return the versions of the program and of all that shapes sound on this machine."""
    return {"serguide": installed("serguide"), **stamp(*STEPS)}


def do_task(task: BatchTask, means: Means) -> TaskResult:
    """Do a task; whatever a person can mend, or another try can, is told in the result."""
    began, processor = time.monotonic(), time.process_time()

    def told(result: TaskResult) -> TaskResult:
        took = time.process_time() - processor
        return replace(result, seconds=time.monotonic() - began, processor=took)

    if refused := _differs(task.versions):
        return told(TaskResult(task.index, "failed", refused=refused))
    try:
        store = _store(means.open_store, task.store_url)
        with _ended_by(task, store) as cancel:
            return told(_done(task, means, store, cancel))
    except OtherVoices as error:
        refused = f"on “{platform.node()}”, {error.message}"
        return told(TaskResult(task.index, "failed", refused=refused))
    except Cancelled:
        return told(TaskResult(task.index, "cancelled"))
    except (SerguideError, OSError) as error:
        return told(_failed(task, error))


def _done(task: BatchTask, means: Means, store: Store, cancel: Cancel) -> TaskResult:
    if task.track is not None:
        means.track(
            task.request,
            task.track,
            store,
            cancel=cancel,
            prepared=lambda ready: require_same_voices(task.voices, ready.program),
        )
        return TaskResult(task.index, "shared")
    lost = store.lost
    done = _made(task, means, store, cancel)
    if store.lost == lost or done.state != "made":
        return done
    return replace(done, warnings=tuple(sorted({*done.warnings, STORE_LOST})))


def _made(task: BatchTask, means: Means, store: Store, cancel: Cancel) -> TaskResult:
    if task.output_url is not None:
        return _made_remotely(task, task.output_url, means, store, cancel)
    target = task.request.folder
    # Two batches may make the same bundle: the second finds it done.
    with store.sole(key_of({"what": "bundle", "at": os.fspath(target.absolute())})):
        standing = means.unchanged(task.request, store=store)
        if standing is not None:
            tracks = standing.manifest["serguide"]["tracks"]
            frames = max((track["end"] for track in tracks), default=0)
            return _stands(task, "unchanged", frames, standing.warnings)
        frames, codes = _rendered(task.request, task.voices, means, store, cancel)
        shared = share_files(target, task.twin) if task.twin else 0
    return _stands(task, "made", frames, codes, shared)


def _made_remotely(
    task: BatchTask, url: str, means: Means, store: Store, cancel: Cancel
) -> TaskResult:
    """Render into a folder of this machine that nobody else sees, and write that to a URL."""
    bundles, client = RemoteBundles(url), task.request.folder.name
    with store.sole(key_of({"what": "bundle", "at": f"{bundles.url}/{client}"})):
        standing = bundles.standing(client)
        if standing is not None and standing.inputs == task.inputs != "":
            return _counted(task, "unchanged", standing)
        # What killed workers leave there is removed when the store is opened again.
        temp = store.root / "temp"
        with owned((temp if temp.is_dir() else Path(gettempdir())) / new_name()) as home:
            home.mkdir(0o700)
            request = replace(task.request, target=home / client)
            frames, codes = _rendered(request, task.voices, means, store, cancel)
            made = bundles.write(client, home / client, task.inputs, frames, codes)
    return _counted(task, "made", made)


def _rendered(
    request: RenderRequest,
    voices: Mapping[str, str],
    means: Means,
    store: Store,
    cancel: Cancel,
) -> tuple[int, tuple[str, ...]]:
    """Render; return the session's samples, and the codes of what was warned of.

    voices: marks of those that are to speak. Raises OtherVoices before anything is spoken.
    """
    codes: set[str] = set()

    def prepared(ready: PreparedRequest) -> None:
        require_same_voices(voices, ready.program)
        codes.update(each.code for each in ready.warnings)

    done = means.render(request, store=store, cancel=cancel, prepared=prepared)
    return done.contents.timeline.frames, tuple(sorted(codes))


def _counted(task: BatchTask, state: State, bundle: RemoteBundle) -> TaskResult:
    return TaskResult(
        task.index, state, frames=bundle.frames, bytes=bundle.bytes, warnings=bundle.warnings
    )


def _stands(
    task: BatchTask, state: State, frames: int, warnings: tuple[str, ...], shared: int = 0
) -> TaskResult:
    size = _bytes(task.request.folder)
    return TaskResult(
        task.index, state, frames=frames, bytes=size, shared=shared, warnings=warnings
    )


def _failed(task: BatchTask, error: SerguideError | OSError) -> TaskResult:
    reason = error.message if isinstance(error, SerguideError) else f"the system said: {error}"
    hint = str(error.hint) if isinstance(error, SerguideError) else ""
    full_at = _worker() if _is_full(error) else ""
    transient = bool(full_at) if _is_full(error) else _may_pass(error)
    return TaskResult(task.index, "failed", reason, hint, transient=transient, full_at=full_at)


def _is_full(error: SerguideError | OSError) -> bool:
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and is_full(cause)


def _worker() -> str:
    """Return the address of the cluster's worker that this is; empty where all share one disk."""
    if "distributed" not in sys.modules:
        return ""
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:
        return ""


def _may_pass(error: BaseException) -> bool:
    """Tell whether something may do better when tried again: not what is wrong."""
    if isinstance(error, NetworkError):
        return True
    cause = error if isinstance(error, OSError) else error.__cause__
    if isinstance(cause, RemoteError):
        return cause.transient
    return isinstance(cause, OSError) and cause.errno not in _LASTING


def _differs(versions: Mapping[str, str | int]) -> str:
    """Return what differs on this machine from where the batch was begun, in words; or nothing."""
    here = versions_here()
    wrong = [
        f"{name.removeprefix('library ')} is {here.get(name) or 'not installed'} there, and "
        f"{there or 'not installed'} here"
        for name, there in versions.items()
        if here.get(name) != there
    ]
    if not wrong:
        return ""
    more = f", and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return f"on “{platform.node()}”, {'; '.join(wrong[:3])}{more}"


@functools.lru_cache(maxsize=4)
def _store(open_store: Callable[[str | None], Store], url: str | None) -> Store:
    """Open a store once a process: opening looks through what it holds of clients."""
    return open_store(url)


@contextmanager
def _ended_by(task: BatchTask, store: Store) -> Iterator[Cancel]:
    """Give a Cancel that ends the work once the entry is there that says so."""
    cancel, over = Cancel(), threading.Event()
    pause = _LOOK_FAR if is_remote(task.store_url or "") else _LOOK

    def look() -> None:
        while not over.wait(pause):
            with suppress(StoreError):  # whoever works with it says so
                if store.has(task.stop_key):
                    cancel.cancel()
                    return

    if task.stop_key:
        if store.has(task.stop_key):
            raise Cancelled("Cancelled before it was begun.")
        threading.Thread(target=look, daemon=True).start()
    try:
        yield cancel
    finally:
        over.set()


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
