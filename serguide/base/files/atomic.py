"""Write a file whole or not at all: a temporary file, on the disk, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from serguide.base.files.owned import owned
from serguide.base.files.temporary import new_name


def write_atomically(
    path: Path, content: bytes | Iterable[bytes], *, mode: int = 0o666, temp: Path | None = None
) -> None:
    """Write bytes, or pieces of them, to a file; the arguments are those of replacing()."""
    pieces = (content,) if isinstance(content, bytes) else content
    with replacing(path, mode=mode, temp=temp) as fresh, fresh.open("r+b") as file:
        file.writelines(pieces)


def write_once(path: Path, content: Iterable[bytes], *, temp: Path, mode: int = 0o666) -> None:
    """Write a file unless there is one: whoever was first has written the same.

    temp: a free path on the same file system; mode: its permissions, less the umask. Raises
    OSError.
    """
    with _fresh(temp, mode) as fresh:
        with fresh.open("r+b") as file:
            file.writelines(content)
        _sync_file(fresh)
        try:
            os.link(fresh, path)
        except FileExistsError:
            return
        except OSError:
            # Some file systems have no hard links.
            fresh.replace(path)
        sync_folder(path.parent)


def write_new(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write a file where none is; mode: its permissions, less the umask.

    Raises FileExistsError for one that is there, OSError.
    """
    with _fresh(path.with_name(f".{new_name()}.tmp"), mode) as fresh:
        with fresh.open("r+b") as file:
            file.write(content)
        _sync_file(fresh)
        _take_name(fresh, path, mode)
        sync_folder(path.parent)


def move_new(source: Path, target: Path) -> None:
    """Move a file to where none is, on the same file system.

    Raises FileExistsError for one that is there, OSError; then both are as they were.
    """
    _take_name(source, target, source.stat().st_mode & 0o777)
    sync_folder(target.parent)
    try:
        source.unlink(missing_ok=True)
    except OSError:
        target.unlink()
        raise
    sync_folder(source.parent)


@contextlib.contextmanager
def replacing(path: Path, *, mode: int = 0o666, temp: Path | None = None) -> Iterator[Path]:
    """Give a path to write to; the file there takes the place of `path` when the block ends well.

    mode: its permissions, less the umask; temp: a free path on the same file system, by default
    one beside `path`. Left by an exception, the block leaves `path` as it was. Raises OSError.
    """
    with _fresh(temp or path.with_name(f".{new_name()}.tmp"), mode) as fresh:
        yield fresh
        put_in_place(fresh, path)


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a whole file its name when it is on the disk. Raises OSError."""
    _sync_file(fresh)
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's entries are on the disk, where a system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems cannot sync a folder; its files are safe by then.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


@contextlib.contextmanager
def _fresh(path: Path, mode: int) -> Iterator[Path]:
    """Make an empty file that nobody had, and remove what is left of it."""
    with owned(path):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        yield path


def _take_name(source: Path, path: Path, mode: int) -> None:
    """Give a file a name that nothing has; where it cannot have two, the old one goes."""
    try:
        os.link(source, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links: the name is taken first, by an empty file.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
        try:
            source.replace(path)
        except OSError:
            path.unlink()
            raise


def _sync_file(path: Path) -> None:
    # Windows syncs only what is open for writing.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
