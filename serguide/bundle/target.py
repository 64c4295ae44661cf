"""Judge whether a bundle may be written to a folder, before anything is rendered."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from serguide.base.errors import BundleError, UsageError
from serguide.base.files.failures import next_step, reason_of
from serguide.base.hints import Hint, Remedy
from serguide.bundle.inventory import Inventory, Look, inventory

_SHOWN = 5  # names that a message about many of them gives
_KINDS = ("web folder", "bundle")
_ANOTHER = Hint("Name another folder for the bundle.", Remedy("target"))


def check_target(target: Path, *, keep_others: bool = False, look: Look = inventory) -> Inventory:
    """Return what lies at `target` and is not a bundle's own; nothing where it is free.

    keep_others: what lies beside an earlier bundle's files is carried over; look: knows another
    kind of folder than a bundle. Raises UsageError
    unless `target` is free, empty, or an earlier bundle with nothing else in it; BundleError
    when that cannot be seen.
    """
    try:
        target = target.absolute()
        try:
            target.lstat()
        except FileNotFoundError:
            return Inventory()
        if not target.is_dir() or target.is_symlink():
            raise UsageError(f"“{target}” is not a plain folder.", _ANOTHER)
        _check_place(target)
        if next(target.iterdir(), None) is None:
            return Inventory()
        found = look(target)
    except OSError as error:
        raise unwritable(target, error) from error
    if found is None:
        raise UsageError(
            f"“{target}” holds something that is not a serguide {_KINDS[look is inventory]}; it is "
            "left as it is.",
            Hint("Name a new or empty folder.", Remedy("target")),
        )
    if found.owned_by_others and not keep_others:
        carried = Hint(
            "Take that elsewhere, name another folder, or have it carried over.",
            Remedy("target"),
            Remedy("keep_others"),
        )
        raise UsageError(
            f"“{target}” holds {_told(found)}; it is left as it is.",
            carried if look is inventory else "Take that elsewhere, or name another folder.",
        )
    return found


def unwritable(target: Path, error: OSError) -> BundleError | UsageError:
    """Return what to say of a target that cannot be read or written."""
    reason = reason_of(error)
    if error.errno == errno.ENAMETOOLONG:
        return UsageError(f"The name “{target.name}” is too long for this disk.", _ANOTHER)
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        reason = "what lies above it is not a folder"
    hint = next_step(error, "choose another folder", Remedy("target"))
    return BundleError(f"The bundle cannot be written to “{target}”: {reason}.", hint)


def _check_place(target: Path) -> None:
    """Raise UsageError when another folder cannot take the place of this one."""
    home = target.resolve()
    if _here().is_relative_to(home):
        raise UsageError(
            f"You are in “{home}”: a bundle takes the place of its folder, and you would be left "
            "in one that is gone.",
            Hint("Go to the folder above it, or name another folder.", Remedy("target")),
        )
    if os.path.ismount(home) or os.fspath(home) in _mounts():
        raise UsageError(
            f"A disk is mounted at “{home}”, and nothing can take its place.",
            Hint("Name a folder on it.", Remedy("target", str(target / "session"))),
        )


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # of a shell whose folder was removed
        return Path()


def _mounts() -> set[str]:
    """Return where disks and folders are mounted; on Linux, where ismount() misses the latter."""
    if sys.platform != "linux":
        return set()
    try:
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return set()
    # Spaces and the like stand there as \040.
    fields = (line.split(b" ")[4] for line in lines)
    return {os.fsdecode(field.decode("unicode_escape").encode("latin-1")) for field in fields}


def _told(found: Inventory) -> str:
    parts = []
    if found.others:
        parts.append(f"what serguide did not write ({_some(found.others)})")
    if found.changed:
        parts.append(f"what was changed since ({_some(found.changed)})")
    return " and ".join(parts)


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
