"""Let bundles of one batch share the disk for files that are the same in each.

Tracks without a client's value are the same bytes in every bundle of a kind. Where the file
system can clone (Btrfs, XFS, APFS by `cp -c`), a clone shares the blocks until one of them is
written to. Elsewhere a hard link shares the file itself; so that nobody alters a sibling by
writing into it in place, linked files are closed to writing. Whoever replaces one by rename, as
editors and serguide do, alters only their own.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from serguide.base.errors import BundleError
from serguide.base.files.temporary import new_name
from serguide.bundle.inventory import listed_files, sha256_of

_FICLONE: Final = 0x40049409
"""Linux, ioctl_ficlone(2)."""

_SMALLEST: Final = 16_384  # bytes; smaller files are not worth a link
_CLOSED: Final = 0o444


def share_files(bundle: Path, twin: Path) -> int:
    """Let a bundle share its files with another one where they are equal; return the bytes.

    A file that cannot be shared stays as it is. Equal means the same SHA-256 of both, read now.
    """
    if os.name != "posix":
        return 0  # Windows removes no file that is closed to writing
    try:
        names = set(listed_files(bundle)) & set(listed_files(twin))
    except (BundleError, OSError):
        return 0
    shared = 0
    for name in sorted(names):
        with contextlib.suppress(OSError):
            if _shared(bundle / name, twin / name):
                shared += (bundle / name).stat().st_size
    return shared


def _shared(own: Path, other: Path) -> bool:
    mine, theirs = own.lstat(), other.lstat()
    if mine.st_size < _SMALLEST or (mine.st_size, mine.st_dev) != (theirs.st_size, theirs.st_dev):
        return False
    if own.is_symlink() or other.is_symlink():
        return False
    if mine.st_ino == theirs.st_ino:
        return True
    if sha256_of(own) != sha256_of(other):
        return False
    fresh = own.with_name(f".{new_name()}.tmp")
    try:
        if not _cloned(other, fresh, mine.st_mode & 0o777):
            other.chmod(_CLOSED & theirs.st_mode)
            os.link(other, fresh)
            if fresh.stat().st_ino != theirs.st_ino:
                return False  # somebody was just replacing it
        fresh.replace(own)
    finally:
        fresh.unlink(missing_ok=True)
    return True


def _cloned(source: Path, target: Path, mode: int) -> bool:
    """Make a clone that shares the source's blocks; return False, and leave none, without."""
    if sys.platform != "linux":
        return False
    import fcntl

    with source.open("rb") as reading:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            fcntl.ioctl(handle, _FICLONE, reading.fileno())
        except OSError:
            target.unlink()
            return False
        finally:
            os.close(handle)
    return True
