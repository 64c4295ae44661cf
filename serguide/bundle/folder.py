"""Put a finished folder in place, whole or not at all.

A bundle is written into a folder beside its target and then takes the target's place in one
step, so that whoever looks, and whatever is interrupted, sees the old bundle or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.atomic import sync_folder
from serguide.base.files.exchange import exchange
from serguide.base.files.failures import next_step, reason_of
from serguide.base.files.temporary import NAME, abandoned, new_name, remove, scratch
from serguide.base.hints import Hint, Remedy
from serguide.bundle.recognise import is_bundle

_TEMP = re.compile(rf"\.(?P<stem>.+)\.(?P<name>{NAME})\.(?P<kind>tmp|old)")
_LONGEST_STEM = 120  # bytes; file systems take names of 255


@contextlib.contextmanager
def new_bundle(target: Path) -> Iterator[Path]:
    """Give a folder to write a bundle into; it becomes `target` when the block ends well.

    When the block is left by an exception, KeyboardInterrupt too, the folder is removed and the
    target stays as it was. Raises UsageError when the target holds something that is not an
    earlier bundle, BundleError when it cannot be written.
    """
    target = target.absolute()
    check_target(target)
    with scratch(_beside(target, "tmp")) as temp:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _sweep(target)
            temp.mkdir()
            yield temp
        except OSError as error:
            raise _unwritable(target, error) from error
        replace_folder(temp, target)


def check_target(target: Path) -> None:
    """Raise UsageError unless `target` is free, empty, or an earlier bundle."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir() or target.is_symlink():
        raise UsageError(
            f"“{target}” is not a plain folder.",
            Hint("Name another folder for the bundle.", Remedy("target")),
        )
    try:
        empty = next(target.iterdir(), None) is None
    except OSError as error:
        raise _unwritable(target, error) from error
    if not empty and not is_bundle(target):
        raise UsageError(
            f"“{target}” holds something that is not a serguide bundle; it is left as it is.",
            Hint("Name a new or empty folder.", Remedy("target")),
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
        sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    remove(temp)


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
    except BaseException:
        aside.rename(target)
        raise
    aside.rename(temp)


def _beside(target: Path, kind: str) -> Path:
    return target.with_name(f".{_stem(target)}.{new_name()}.{kind}")


def _stem(target: Path) -> str:
    """Return what names of folders beside a target begin with: its own name, if that is short."""
    name = os.fsencode(target.name)
    if len(name) <= _LONGEST_STEM:
        return target.name
    return hashlib.sha256(name).hexdigest()[:32]


def _sweep(target: Path) -> None:
    """Mend what processes that died while writing this target have left behind."""
    for path in sorted(target.parent.iterdir()):
        found = _TEMP.fullmatch(path.name)
        if not found or found["stem"] != _stem(target) or not abandoned(path, found["name"]):
            continue
        if found["kind"] == "old" and not target.exists():
            path.rename(target)
        else:
            remove(path)


def _sync(folder: Path) -> None:
    """Make sure that a folder and all below it are on the disk."""
    for root, _, names in os.walk(folder):
        for name in names:
            # Windows syncs only what is open for writing.
            with (Path(root) / name).open("rb+") as stream:
                os.fsync(stream.fileno())
        sync_folder(Path(root))


def _unwritable(target: Path, error: OSError) -> BundleError:
    reason = reason_of(error)
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        reason = "what lies above it is not a folder"
    hint = next_step(error, "choose another folder", Remedy("target"))
    return BundleError(f"The bundle cannot be written to “{target}”: {reason}.", hint)
