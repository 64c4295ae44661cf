"""Temporary files and folders, removed on exit, on a signal, or by the next run.

Their names say which process made them; locks (owned.py) say whether it lives.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAME: Final = r"serguide-[0-9a-z]+-[0-9]+-[0-9a-f]{8}"
"""Matches what new_name() returns."""

_TRIES: Final = 20  # a thread that is still writing may put one more file into a folder

_live: dict[Path, None] = {}
_lock = threading.RLock()  # a finalizer may strike while it is held, and ask for it too


def new_name() -> str:
    """Return a name that no other has and that says whose it is: machine, process, random."""
    return f"serguide-{_machine()}-{os.getpid()}-{os.urandom(4).hex()}"


@contextlib.contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """Remove what is made at a path, a file or a folder, when the block ends."""
    with _lock:
        _live[path] = None
    try:
        yield path
    finally:
        remove(path)
        with _lock:
            _live.pop(path, None)


def clear_away() -> None:
    """Remove what blocks have left that could not come to their ends; for the very end."""
    for path in reversed(list(_live)):  # what a lock stands for goes before the lock
        remove(path)


def remove(path: Path) -> None:
    """Remove a file or folder if that can be done.

    A file is removed once: what lies there a moment later is somebody else's, such as the next
    holder's lock.
    """
    for _ in range(_TRIES):
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(RecursionError):  # thousands deep: not made by us
                shutil.rmtree(path, ignore_errors=True)
            if not os.path.lexists(path):
                return
        else:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                pass  # a virus scanner that holds it open lets go soon
            else:
                return
        time.sleep(0.01)


def _machine() -> str:
    return re.sub(r"[^0-9a-z]", "", platform.node().lower())[:20] or "here"
