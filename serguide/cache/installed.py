"""Fingerprint of all that is installed: this program, its data, Python and its packages.

For what is kept of a whole render, where no table of versions can say which of them shaped it:
another release, an edit of a module or a package that was updated gives another fingerprint.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent.parent
_DISTRIBUTIONS: Final = (".dist-info", ".egg-info")
"""How the folders end that tell of an installed package; its version is in the name."""


def installed_fingerprint() -> str:
    """Return the SHA-256, in hex, of what is installed, by names, sizes and times of change."""
    digest = hashlib.sha256(repr((sys.version, platform.machine())).encode())
    for row in (*_files(os.fspath(_PACKAGE)), *_distributions()):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield the path, size and times of change of each file in a package; not of bytecode.

    The time of the last change of its status is one that no program can set.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                yield _row(entry.path, entry.stat())


def _distributions() -> Iterator[tuple[object, ...]]:
    """Yield the place, name and time of installation of each package that can be imported."""
    for place in dict.fromkeys(sys.path):
        try:
            entries = sorted(os.scandir(place or "."), key=lambda entry: entry.name)
        except OSError:  # a zip file, or nothing
            continue
        for entry in entries:
            if entry.name.endswith(_DISTRIBUTIONS):
                yield place, entry.name, entry.stat().st_mtime_ns
                yield from _plugins(Path(entry.path) / "entry_points.txt")


def _plugins(told: Path) -> Iterator[tuple[str, int, int, int]]:
    """Yield what the modules of a package look like that brings voices or generators.

    They may be where one goes on writing them, and installed only by name.
    """
    try:
        text = told.read_text(encoding="utf-8")
    except OSError:
        return
    if "[serguide." not in text:
        return
    for name in sorted(set(re.findall(r"=\s*(\w+)[\w.]*\s*(?::|$)", text, re.M))):
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):
            continue
        for folder in (spec and spec.submodule_search_locations) or ():
            with contextlib.suppress(OSError):
                yield from _files(folder)
        if spec and spec.origin and Path(spec.origin).is_file():
            yield _row(spec.origin, os.stat(spec.origin))  # noqa: PTH116  (as above)


def _row(path: str, status: os.stat_result) -> tuple[str, int, int, int]:
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns
