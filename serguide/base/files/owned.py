"""Own temporary paths: a lock beside each says whether its maker lives.

Neither a process number nor a host name can say that: containers that share a folder may share
both. The system frees the lock of a process that ends, however it ends.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from serguide.base.files.locks import sole
from serguide.base.files.temporary import remove, scratch

LOCK: Final = ".lock"
"""Ends the name of the lock beside a path."""

_PATIENCE: Final = 5.0  # seconds; only a sweep may hold a fresh lock, and not for long
_STALE: Final = 24 * 3600.0  # seconds; for what has no lock, as on a disk that has none


@contextlib.contextmanager
def owned(path: Path) -> Iterator[Path]:
    """Own what is made at a path, a file or a folder, and remove it when the block ends.

    Nobody else takes it for abandoned meanwhile. Raises OSError when nothing can be made there.
    """
    with held(path), scratch(path):
        yield path


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Say that what stands at a path has an owner, until the block ends. Raises OSError."""
    with sole(_lock_of(path), _PATIENCE):
        yield


def reclaim(path: Path, mend: Callable[[Path], object] = remove) -> None:
    """Remove, or mend, what stands at a path, or a lock alone, if its owner is gone."""
    if path.name.endswith(LOCK):
        path = path.with_name(path.name.removesuffix(LOCK))
    with contextlib.suppress(OSError):
        if _lock_of(path).exists():
            with sole(_lock_of(path), 0.0) as ours:
                if ours:
                    mend(path)
        elif path.lstat().st_mtime < time.time() - _STALE:
            mend(path)


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + LOCK)
