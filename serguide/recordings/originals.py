"""Keep what came from a microphone or phone as it came, under a name made of its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from serguide.base.errors import RecordingError
from serguide.base.files.atomic import write_once
from serguide.base.files.failures import explained
from serguide.base.files.temporary import new_name

ORIGINALS: Final = "originals"

_PIECE: Final = 1 << 20  # bytes
_DIGITS: Final = 20  # of a SHA-256: no two recordings of anyone's life share them


def keep_original(folder: Path, source: Path) -> str:
    """Copy a file as it is into a voice folder's originals; return its name there.

    The same content has the same name, so that a file added twice is kept once. Whole or not at
    all; nothing that lies there is ever altered. Raises RecordingError.
    """
    with explained(f"{source} cannot be kept", RecordingError, "choose another disk"):
        if not source.is_file():
            raise RecordingError(f"there is no sound file {source}", "name another")
        (folder / ORIGINALS).mkdir(parents=True, exist_ok=True)
        digest = sha256_of(source)
        suffix = source.suffix.lower() if re.fullmatch(r"\.\w{1,8}", source.suffix) else ""
        for stem in (digest[:_DIGITS], digest):
            name = f"{ORIGINALS}/{stem}{suffix}"
            target = folder / name
            write_once(target, _pieces(source), temp=target.with_name(f".{new_name()}.tmp"))
            if sha256_of(target) == digest:
                return name
    raise RecordingError(
        f"{source} changed while it was copied, or {folder / ORIGINALS} holds a damaged copy",
        "wait until it is finished, then add it again",
    )


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
