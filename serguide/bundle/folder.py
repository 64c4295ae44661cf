"""Put a finished folder in place, whole or not at all.

A bundle is written into a folder beside its target, which only the user can read, and then takes
the target's place in one step, so that whoever looks, and whatever is interrupted, sees the old
bundle or the new one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from serguide.base.files.atomic import sync_folder
from serguide.base.files.exchange import exchange
from serguide.base.files.owned import LOCK, held, owned, reclaim
from serguide.base.files.temporary import NAME, new_name, remove
from serguide.bundle.carrying import carry_over
from serguide.bundle.inventory import Look, inventory
from serguide.bundle.target import check_target, unwritable

_TEMP: Final = re.compile(
    rf"\.(?P<stem>.+)\.(?P<name>{NAME})\.(?P<kind>tmp|old)(?:{re.escape(LOCK)})?"
)
_HASHED: Final = re.compile("[0-9a-f]{32}")
_LONGEST_STEM: Final = 120  # bytes; file systems take names of 255
_PRIVATE: Final = 0o700


@contextlib.contextmanager
def new_bundle(
    target: Path,
    *,
    keep_others: bool = False,
    kept: Callable[[str], object] = lambda _name: None,
    look: Look = inventory,
) -> Iterator[Path]:
    """Give a folder to write a bundle into; it becomes `target` when the block ends well.

    When the block is left by an exception, KeyboardInterrupt too, the folder is removed and the
    target stays as it was. keep_others: carry over what lies beside an earlier bundle's files;
    kept: is told of each; look: knows the kind of folder that may be replaced. Raises UsageError
    when the target holds something else than an earlier bundle, BundleError when it cannot be
    written.
    """
    target = target.absolute()
    check_target(target, keep_others=keep_others, look=look)
    with contextlib.ExitStack() as stack:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _sweep(target)
            temp = stack.enter_context(owned(_beside(target, "tmp")))
            temp.mkdir(_PRIVATE)
            yield temp
        except OSError as error:
            raise unwritable(target, error) from error
        for name in _replace(temp, target, keep_others=keep_others, look=look):
            kept(name)


def _replace(temp: Path, target: Path, *, keep_others: bool, look: Look) -> tuple[str, ...]:
    """Make the finished folder `temp` be `target`; an earlier bundle there is removed.

    temp stands on the target's file system. Returns the names of what was carried over. Raises
    as new_bundle does.
    """
    found = check_target(target, keep_others=keep_others, look=look)
    try:
        _sync(temp)
        names = carry_over(target, temp, found)
        mode = _usual_mode(temp)
        if target.exists():
            _swap(temp, target)
        else:
            temp.rename(target)
        target.chmod(mode)
        sync_folder(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error
    remove(temp)
    return names


def _swap(temp: Path, target: Path) -> None:
    """Let two folders change places; afterwards temp holds the old bundle."""
    if exchange(temp, target):
        temp.chmod(_PRIVATE)
        return
    # Two steps, where the system has no exchange: a death between them leaves the old bundle
    # beside its place, whole, and the next new_bundle() there puts it back.
    aside = _beside(target, "old")
    with held(aside):
        target.rename(aside)
        try:
            temp.rename(target)
        except BaseException:
            aside.rename(target)
            raise
        aside.rename(temp)


def _usual_mode(folder: Path) -> int:
    """Return the permissions that a new folder has here, by the user's umask and the disk's."""
    probe = folder / "probe"
    probe.mkdir()
    mode = probe.stat().st_mode & 0o7777
    probe.rmdir()
    return mode


def _beside(target: Path, kind: str) -> Path:
    return target.with_name(f".{_stem(target)}.{new_name()}.{kind}")


def _stem(target: Path) -> str:
    """Return what names of folders beside a target begin with: its own name, if that is short."""
    name = os.fsencode(target.name)
    if len(name) <= _LONGEST_STEM:
        return target.name
    return hashlib.sha256(name).hexdigest()[:32]


def _sweep(target: Path) -> None:
    """Mend what processes that died while writing here, this target or others, have left."""
    for path in sorted(target.parent.iterdir()):
        found = _TEMP.fullmatch(path.name)
        if found and found["kind"] == "tmp":
            reclaim(path)
        elif found and found["stem"] == _stem(target):
            reclaim(path, partial(_put_back, target=target))
        elif found and not _HASHED.fullmatch(found["stem"]):
            reclaim(path, partial(_put_back, target=path.with_name(found["stem"])))


def _put_back(aside: Path, *, target: Path) -> None:
    """Give an old bundle its place again, unless that is taken."""
    if target.exists():
        remove(aside)
    elif aside.exists():
        aside.rename(target)


def _sync(folder: Path) -> None:
    """Make sure that a folder and all below it are on the disk."""
    for root, _, names in os.walk(folder):
        for name in names:
            # Windows syncs only what is open for writing.
            with (Path(root) / name).open("rb+") as stream:
                os.fsync(stream.fileno())
        sync_folder(Path(root))
