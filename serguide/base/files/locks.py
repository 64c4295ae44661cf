"""Locks among processes. The system frees them when their holder ends, however it ends.

A lock belongs to an open file, so two threads that open a file each exclude one another too.
Where a file system has no locks, work may be done twice; it is never done wrongly.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serguide.base.files.temporary import scratch

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_WAIT: Final = 0.01  # seconds between looks; asking leaves Ctrl-C its say, waiting would not
_BUSY: Final = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


def _take(handle: int) -> bool | None:
    """Lock an open file without waiting; closing it lets go.

    Returns False when another holds it, None when its file system has no locks.
    """
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _BUSY else None
    return True


@contextlib.contextmanager
def sole(path: Path, patience: float) -> Iterator[None]:
    """Keep everyone else who asks for the same path waiting until the block ends.

    path: a file that is made for it, and removed. After `patience` seconds of waiting the block
    is entered all the same: whatever a lock saves, nobody waits for ever behind a process that
    is stopped. Raises OSError when the file cannot be made.
    """
    handle = _taken(path, time.monotonic() + patience)
    if handle is None:
        yield
        return
    try:
        # Removed while it is held, so that nobody can take a file that is no longer there.
        with scratch(path):
            yield
    finally:
        os.close(handle)


def _taken(path: Path, until: float) -> int | None:
    """Return the locked file, or None when waiting was in vain or there are no locks."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            taken = _take(handle)
            if taken and _is_at(handle, path):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if taken is None or time.monotonic() > until:
            return None
        if not taken:
            time.sleep(_WAIT)


def _is_at(handle: int, path: Path) -> bool:
    """Say whether an open file is still the one that stands at a path."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
