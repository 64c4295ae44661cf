"""Write over a file only where it still is what was read: two programs may have it open.

A look before writing leaves a moment in which another program's work is lost. So the new file
changes places with the one that is there, in one step where a system can do that, and what came
out is looked at: is it not what was read, it is put back.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import stat
from pathlib import Path

from serguide.base.files.atomic import sync_folder, write_atomically, write_new
from serguide.base.files.exchange import exchange
from serguide.base.files.owned import owned
from serguide.base.files.temporary import new_name


class OtherContentError(Exception):
    """Say that a file is not what it was when it was read; carry its bytes, None for gone."""

    def __init__(self, content: bytes | None) -> None:
        super().__init__("changed meanwhile")
        self.content = content


def version_of(content: bytes | None) -> str:
    """Return what tells one content of a file from another; empty for a file that is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes | None:
    """Return a file's bytes, None where there is none. Raises OSError, for a pipe too."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "no ordinary file")
        return path.read_bytes()
    except FileNotFoundError:
        return None


def write_over(path: Path, content: bytes | None, version: str, *, private: bool = False) -> None:
    """Give a file a new content, None to remove it, if it is of this version; keep its mode.

    private: nobody else may read it, whatever its mode was. Raises OtherContentError, and leaves
    the file as it is, where it is not; OSError.
    """
    found = content_of(path)
    if version_of(found) != version:
        raise OtherContentError(found)
    if content is None:
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
        return
    if found is None:
        try:
            write_new(path, content, mode=0o600 if private else 0o666)
        except FileExistsError:
            raise OtherContentError(content_of(path)) from None
        return
    fresh = path.with_name(f".{new_name()}.tmp")
    with owned(fresh):
        write_atomically(fresh, content, mode=0o600)
        with contextlib.suppress(OSError):  # not every file system has modes
            fresh.chmod(0o600 if private else stat.S_IMODE(path.stat().st_mode))
        if not exchange(fresh, path):
            fresh.replace(path)
            return
        came_out = content_of(fresh)
        if version_of(came_out) != version:
            exchange(fresh, path)
            raise OtherContentError(came_out)
        sync_folder(path.parent)
