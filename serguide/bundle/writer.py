"""Put a finished folder in place, whole or not at all.

A bundle is written into a folder beside its target and then takes the target's place in one
step, so that whoever looks, and whatever is interrupted, sees the old bundle or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from serguide.bundle.exchange import exchange
from serguide.bundle.reading import is_bundle
from serguide.errors import BundleError, UsageError

_TEMP = re.compile(r"\.(?P<name>.+)\.serguide-(?P<process>[0-9]+)-[0-9a-f]{8}\.(?P<kind>tmp|old)")


@contextlib.contextmanager
def new_bundle(target: Path) -> Iterator[Path]:
    """Give a folder to write a bundle into; it becomes `target` when the block ends well.

    When the block is left by an exception, KeyboardInterrupt too, the folder is removed and the
    target stays as it was. Raises UsageError when the target holds something that is not an
    earlier bundle, BundleError when it cannot be written.
    """
    target = target.absolute()
    check_target(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        temp = _beside(target, "tmp")
        temp.mkdir()
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        yield temp
        replace_folder(temp, target)
    finally:
        shutil.rmtree(temp, ignore_errors=True)


def check_target(target: Path) -> None:
    """Raise UsageError unless `target` is free, empty, or an earlier bundle."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise UsageError(
            f"“{target}” is not a plain folder.", "Name a folder for the bundle with -o DIR."
        )
    try:
        empty = next(target.iterdir(), None) is None
    except OSError as error:
        raise _unwritable(target, error) from error
    if not empty and not is_bundle(target):
        raise UsageError(
            f"“{target}” holds something that is not a serguide bundle; it is left as it is.",
            "Name a new or empty folder with -o DIR.",
        )


def replace_folder(temp: Path, target: Path) -> None:
    """Make the finished folder `temp` be `target`; an earlier bundle there is removed.

    temp must stand on the target's file system. Raises as new_bundle does.
    """
    check_target(target)
    try:
        _sync(temp)
        if target.exists():
            _swap(temp, target)
        else:
            temp.rename(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    shutil.rmtree(temp, ignore_errors=True)


def _swap(temp: Path, target: Path) -> None:
    """Let two folders change places; afterwards temp holds the old bundle."""
    if exchange(temp, target):
        return
    # Two steps, where the system has no exchange: a death between them leaves the old bundle
    # beside its place, whole, and the next new_bundle() puts it back.
    aside = _beside(target, "old")
    target.rename(aside)
    try:
        temp.rename(target)
    except OSError:
        aside.rename(target)
        raise
    aside.rename(temp)


def _beside(target: Path, kind: str) -> Path:
    name = f".{target.name}.serguide-{os.getpid()}-{secrets.token_hex(4)}.{kind}"
    return target.with_name(name)


def _sweep(target: Path) -> None:
    """Mend what processes that died while writing this target have left behind."""
    for path in sorted(target.parent.iterdir()):
        found = _TEMP.fullmatch(path.name)
        if not found or found["name"] != target.name or _alive(int(found["process"])):
            continue
        if found["kind"] == "old" and not target.exists():
            path.rename(target)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _alive(process: int) -> bool:
    if os.name == "nt":
        # Signal 0 would end a process on Windows. Its temporary folders are kept for a person
        # to remove, rather than taken from under a process that may still be writing.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _sync(folder: Path) -> None:
    """Make sure that a folder and all below it are on the disk."""
    for root, _, names in os.walk(folder):
        for name in names:
            # Windows syncs only what is open for writing.
            with (Path(root) / name).open("rb+") as stream:
                os.fsync(stream.fileno())
        _sync_folder(Path(root))


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network file systems cannot sync a folder; its files are safe by then.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def _unwritable(target: Path, error: OSError) -> BundleError:
    reason = error.strerror or str(error)
    hint = "Choose another folder with -o DIR."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "Make room on the disk, or choose another folder with -o DIR."
    return BundleError(f"The bundle cannot be written to “{target}”: {reason}.", hint)
