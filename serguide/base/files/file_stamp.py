"""Tell by a stamp whether a file is another than it was, without reading it."""

from __future__ import annotations

from pathlib import Path

FileStamp = tuple[int, int]
"""Time of the last change, in ns, and size, in bytes."""


def stamp_of(path: Path) -> FileStamp:
    """Return a file's stamp, following links; zeros where there is none."""
    try:
        state = path.stat()
    except OSError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)
