"""Hashes of files, and a note of those that were hashed before."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from serguide.base.files.atomic import write_atomically

_CHUNK: Final = 1 << 20
_NOTE: Final = "hashed.json"


def pieces(file: IO[bytes], most: int) -> Iterable[bytes]:
    """Yield what a file holds, in pieces, up to so many bytes and no more."""
    while most > 0 and (piece := file.read(min(_CHUNK, most))):
        most -= len(piece)
        yield piece


def digest_of(path: Path, like: str = "sha256:") -> str:
    """Return a file's hash, written as the catalogue writes it.

    like: a hash of the kind that is wanted. Raises OSError.
    """
    hashing = new_hash(like)
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            hashing.update(piece)
    return written(hashing)


def new_hash(like: str) -> hashlib._Hash:
    """Return a hash that is still to be fed, of the kind of a written one."""
    return hashlib.new(like.partition(":")[0], usedforsecurity=False)


def written(hashing: hashlib._Hash) -> str:
    """Return a hash as the catalogue writes it: `sha256:` or `md5:`, and hexadecimal."""
    return f"{hashing.name}:{hashing.hexdigest()}"


class HashedBefore:
    """Remember in a folder which files had which hash, by path, size and time of change.

    So files that others installed are hashed once and not at every start. Where the note cannot
    be written, they are hashed again.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NOTE
        self._known = self._read()

    def digest(self, path: Path, like: str) -> str:
        """Return a file's hash, of the kind of another. Raises OSError."""
        found = path.stat()
        key = f"{like.partition(':')[0]} {found.st_size} {found.st_mtime_ns} {path}"
        if key not in self._known:
            self._known[key] = digest_of(path, like)
            self._write()
        return self._known[key]

    def _read(self) -> dict[str, str]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): str(value) for key, value in data.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _write(self) -> None:
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(self._known, indent=1).encode("utf-8"))
