"""Carry what somebody else has put into a bundle's folder over into the new one."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

from serguide.bundle.inventory import Inventory


def carry_over(old: Path, new: Path, found: Inventory) -> tuple[str, ...]:
    """Bring what is not the bundle's own from the folder `old` to `new`; return what it is called.

    A changed file of the bundle's, and what else has a name that is taken, is called
    `transcript (yours).txt`. Nothing is copied where a hard link does. Raises OSError.
    """
    names = []
    for path in (*found.others, *found.changed, *found.litter):
        source, name = old / path, new / path
        name.parent.mkdir(parents=True, exist_ok=True)
        if path in found.litter and os.path.lexists(name):
            continue
        name = _free(name)
        if source.is_dir() and not source.is_symlink():
            shutil.copytree(source, name, symlinks=True, copy_function=_bring)
        else:
            _bring(str(source), str(name))
        if path not in found.litter:
            names.append(name.relative_to(new).as_posix() + "/" * path.endswith("/"))
    return tuple(names)


def _free(path: Path) -> Path:
    """Return a path, or a name beside it that nobody has."""
    if not os.path.lexists(path):
        return path
    for number in count(1):
        again = f" {number}" if number > 1 else ""
        other = path.with_name(f"{path.stem} (yours{again}){path.suffix}")
        if not os.path.lexists(other):
            return other
    raise AssertionError("numbers do not end")


def _bring(source: str, name: str, *, follow_symlinks: bool = False) -> str:
    del follow_symlinks  # copytree says so of links, which stay links here
    try:
        os.link(source, name, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, name, follow_symlinks=False)
        if not Path(name).is_symlink():
            with open(name, "rb") as file:  # noqa: PTH123
                os.fsync(file.fileno())
    return name
