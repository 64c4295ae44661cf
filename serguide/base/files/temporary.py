"""Temporary files and folders, removed on exit, on a signal, or by the next run.

Their names say which process made them, so that the next one can tell what nobody needs.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

NAME: Final = r"serguide-[0-9a-z]+-[0-9]+-[0-9a-f]{8}"
"""Matches what new_name() returns."""

_PARTS: Final = re.compile(r"serguide-([0-9a-z]+)-([0-9]+)-[0-9a-f]{8}")
_STALE: Final = 24 * 3600.0  # seconds; for other machines, whose processes cannot be seen
_TRIES: Final = 20  # a thread that is still writing may put one more file into a folder

_live: dict[Path, None] = {}
_lock = threading.Lock()


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
    for path in list(_live):
        remove(path)


def abandoned(path: Path, name: str) -> bool:
    """Say whether nobody needs what stands at a path any more; name: new_name() when it began."""
    found = _PARTS.fullmatch(name)
    if found and found[1] == _machine() and not _runs(int(found[2]), name):
        return True
    with contextlib.suppress(OSError):
        return path.stat().st_mtime < time.time() - _STALE
    return False


def remove(path: Path) -> None:
    """Remove a file or folder if that can be done."""
    for _ in range(_TRIES):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()
        if not os.path.lexists(path):
            return
        time.sleep(0.01)


def _machine() -> str:
    return re.sub(r"[^0-9a-z]", "", platform.node().lower())[:20] or "here"


def _runs(process: int, name: str) -> bool:
    if process == os.getpid():
        # What is not ours was an earlier process's of the same number, as in a container.
        return any(name in path.name for path in list(_live))
    if sys.platform == "win32":
        return True  # asking with signal 0 would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
