"""Locks among processes and threads, by filelock; the system frees a dead holder's.

Where a file system has no locks, work may be done twice; it is never done wrongly.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serguide.base.files.temporary import scratch

_WAIT: Final = 0.01  # seconds between looks; asking leaves Ctrl-C its say, waiting would not
_NO_LOCKS: Final = (
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOLCK,
    errno.EINVAL,
)
"""What file systems answer that have no locks."""


@contextlib.contextmanager
def sole(path: Path, patience: float) -> Iterator[bool]:
    """Keep everyone else who asks for the same path waiting until the block ends.

    path: a file that is made for it, and removed. After `patience` seconds of waiting the block
    is entered all the same: whatever a lock saves, nobody waits for ever behind a process that
    is stopped. Yields whether the lock is had. Raises OSError when the file cannot be made.
    """
    from filelock import FileLock, Timeout  # 30 ms, and a render of what is there locks nothing

    path.parent.stat()  # filelock would make the folders that are missing
    # A soft lock, filelock's answer to a file system without locks, would outlive a crash.
    lock = FileLock(path, mode=0o600, poll_interval=_WAIT, fallback_to_soft=False)
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        pass
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        path.unlink(missing_ok=True)
    with contextlib.ExitStack() as stack:
        if lock.is_locked:
            stack.callback(lock.release)
            # Removed while it is held, so that nobody can take a file that is no longer there.
            stack.enter_context(scratch(path))
        yield lock.is_locked
