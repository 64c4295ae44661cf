"""Know which entries hold what was filled in for a client: to count them, and to forget them.

An entry is marked by an empty file of its name: what it was made of, nobody can tell from that.
The mark is there before the entry is, so that no entry of a client's is ever without.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from serguide.base.files.temporary import new_name, remove
from serguide.cache.size import Size

CLOSED: Final = 0o700
"""Permissions of the cache's folders: the user's alone."""

SECRET: Final = 0o600
"""Permissions of the cache's files: the user's alone."""

FORGOTTEN_AFTER: Final = 14 * 24 * 3600.0
"""Seconds for which a client's entry stays that nothing uses."""

_SETTLED: Final = 3600.0  # seconds, after which a mark waits for no entry that is being written


def closed_folder(path: Path) -> None:
    """Make a folder that only the user can look into, or close one that is there."""
    path.mkdir(CLOSED, parents=True, exist_ok=True)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):  # on a disk without permissions, or another's folder
            path.chmod(CLOSED)


class PrivateEntries:
    """Keep the marks of a store's entries in a folder; every method may raise OSError."""

    def __init__(
        self, folder: Path, paths_of: Callable[[str], tuple[Path, ...]], spare: Path
    ) -> None:
        """Name the folder; paths_of: where an entry of a key may lie; spare: for temporary ones."""
        self._folder, self._paths_of, self._spare = folder, paths_of, spare

    def open(self, unmarked: Iterable[str]) -> None:
        """Make the folder unless there is one; then everything so far gets a mark.

        unmarked: keys of entries that an earlier version kept: nobody knows of what.
        """
        if not self._folder.exists():
            fresh = self._spare / new_name()
            fresh.mkdir(CLOSED)
            for key in unmarked:
                _touch(fresh / key)
            try:
                fresh.rename(self._folder)
            except OSError:
                remove(fresh)  # somebody else was first
        closed_folder(self._folder)

    def mark(self, key: str) -> None:
        """Mark an entry, or one that is about to be written."""
        _touch(self._folder / key)

    def marked(self, key: str) -> bool:
        """Tell whether an entry is marked, or was."""
        return (self._folder / key).exists()

    def size(self) -> Size:
        """Return how many entries there are, and the bytes that they take."""
        found = [
            status
            for key in self._keys()
            for path in self._paths_of(key)
            if (status := _stat(path))
        ]
        return Size(len(found), sum(status.st_size for status in found))

    def forget(self, unused_for: float = 0.0) -> Size:
        """Remove entries that were not read for so many seconds; return what was removed."""
        now, entries, total = time.time(), 0, 0
        for key in self._keys():
            left = False
            for path in self._paths_of(key):
                status = _stat(path)
                if status and status.st_mtime <= now - unused_for:
                    path.unlink(missing_ok=True)
                    entries, total = entries + 1, total + status.st_size
                elif status:
                    left = True
            mark = _stat(self._folder / key)
            if not left and mark and mark.st_mtime <= now - _SETTLED:
                (self._folder / key).unlink(missing_ok=True)
        return Size(entries, total)

    def _keys(self) -> list[str]:
        return sorted(name for name in os.listdir(self._folder) if len(name) == 64)  # noqa: PTH208


def _touch(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, SECRET))
    os.utime(path)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
