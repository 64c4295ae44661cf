"""SHA-256 of files, and a note of those that were hashed before."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from serguide.base.files.atomic import write_atomically

_CHUNK: Final = 1 << 20
_NOTE: Final = "hashed.json"


def digest_of(path: Path, read: Callable[[int], object] = lambda _: None) -> str:
    """Return a file's SHA-256, hexadecimal; read: told the bytes of each chunk. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            read(len(chunk))
    return digest.hexdigest()


class HashedBefore:
    """Remember in a folder which files had which hash, by path, size and time of change.

    So files that others installed are hashed once and not at every start. Where the note cannot
    be written, they are hashed again.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NOTE
        self._known = self._read()

    def digest(self, path: Path) -> str:
        """Return a file's SHA-256. Raises OSError."""
        found = path.stat()
        key = f"{path} {found.st_size} {found.st_mtime_ns}"
        if key not in self._known:
            self._known[key] = digest_of(path)
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
