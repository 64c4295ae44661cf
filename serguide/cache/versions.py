"""Which state of this room a sound comes from, for the keys of what is kept."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_LIBRARIES = ("numpy", "lameenc", "av", "soundfile")


@cache
def room_version() -> str:
    """Return the SHA-256, in hex, of the source of all that makes sound, and its libraries.

    Nobody has to remember to count a number up: a changed line means other sound. Of a program
    that came without its source only the libraries count.
    """
    package = files("serguide")
    digest = hashlib.sha256()
    for source in (
        *_sources(package / "audio"),
        *_sources(package / "soundscapes"),
        *_sources(package / "encode"),
    ):
        digest.update(f"{source.name}\0".encode())
        digest.update(source.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}\0".encode())
    return digest.hexdigest()


def _sources(folder: Traversable) -> list[Traversable]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _sources(entry)
        elif entry.name.endswith(".py"):
            found.append(entry)
    return found


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
