"""Fingerprint of all that is installed: this program, its data, Python and its packages.

For what is kept of a whole render, where no table of versions can say which of them shaped it:
another release, an edit of a module or a package that was updated gives another fingerprint.
"""

from __future__ import annotations

import hashlib
import os
import platform
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


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield the path, size and time of change of each file of the program; not of bytecode."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns


def _distributions() -> Iterator[tuple[str, str, int]]:
    """Yield the place, name and time of installation of each package that can be imported."""
    for place in dict.fromkeys(sys.path):
        try:
            entries = sorted(os.scandir(place or "."), key=lambda entry: entry.name)
        except OSError:  # a zip file, or nothing
            continue
        for entry in entries:
            if entry.name.endswith(_DISTRIBUTIONS):
                yield place, entry.name, entry.stat().st_mtime_ns
