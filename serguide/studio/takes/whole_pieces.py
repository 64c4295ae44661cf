"""A reading in one go: it comes in pieces of a few seconds, each on the disk before the next.

VOICE/.incoming/ID.piece.00000.wav   the sound as it came, one piece after another
VOICE/.incoming/ID.whole.wav         all of them as one recording, when the reading has ended
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from serguide.base.errors import RecordingError, UsageError
from serguide.base.files.atomic import put_in_place
from serguide.base.files.failures import explained
from serguide.base.files.owned import owned
from serguide.base.files.temporary import new_name
from serguide.base.units import SAMPLERATE
from serguide.cache.private import SECRET

PIECE_LIMIT: Final = 12 * SAMPLERATE * 4 + 4096
"""Bytes of a piece: twelve seconds of 32-bit samples, and a WAV's head."""

_MOST: Final = 1500  # pieces: over two hours
_IDENT: Final = re.compile(r"[0-9a-f]{16}")
_OURS: Final = re.compile(r"([0-9a-f]{16})\.(?:piece\.\d{5}|whole)\.wav")
_MADE: Final = (("WAV", SAMPLERATE, 1), ("WAVEX", SAMPLERATE, 1))
_BLOCK: Final = 1 << 20  # frames
_ONE_AT_A_TIME: Final = threading.Lock()
_CANNOT: Final = "the recording cannot be kept"


def piece_path(place: Path, ident: str, number: int) -> Path:
    """Return where a piece goes. Raises UsageError for what is no piece."""
    if not _IDENT.fullmatch(ident) or not 0 <= number < _MOST:
        raise UsageError("the recording is not understood", "load the page again")
    return place / f"{ident}.piece.{number:05}.wav"


def unfinished(place: Path, busy: Collection[str] = ()) -> dict[str, float]:
    """Return readings in one go whose sentences were not found yet, with about their seconds.

    busy: those in which they are being looked for.
    """
    found: dict[str, float] = {}
    for path in sorted(place.glob("*.wav")):
        named = _OURS.fullmatch(path.name)
        if named and named[1] not in busy:
            with suppress(FileNotFoundError):  # joined meanwhile
                seconds = path.stat().st_size / 4 / SAMPLERATE
                found[named[1]] = found.get(named[1], 0.0) + seconds
    return found


def join_pieces(place: Path, ident: str) -> Path | None:
    """Make one recording of a reading's pieces; None where there are none.

    The pieces are removed when it is on the disk. What was joined before stands at its beginning:
    a piece may come after it, or once more. One that was cut short as it came counts as far as it
    goes. Raises RecordingError.
    """
    import soundfile

    with _ONE_AT_A_TIME, explained(_CANNOT, RecordingError, "free the disk"):
        pieces = sorted(place.glob(f"{ident}.piece.*.wav")) if _IDENT.fullmatch(ident) else []
        if not pieces:
            return None
        whole = place / f"{ident}.whole.wav"
        with owned(place / f".{new_name()}.tmp") as making:
            making.touch(SECRET)
            with soundfile.SoundFile(
                making, "w", SAMPLERATE, 1, subtype="FLOAT", format="WAV"
            ) as joined:
                if whole.exists() and not _append(joined, whole):
                    raise RecordingError(f"{_CANNOT}: “{whole}” is damaged", "move it elsewhere")
                for path in pieces:
                    _append(joined, path, PIECE_LIMIT // 2)
            put_in_place(making, whole)
        for path in pieces:
            path.unlink(missing_ok=True)
    return whole


def _append(joined: Any, path: Path, most: int | None = None) -> bool:
    """Add a sound that is as a page makes it; tell whether it was one.

    most: frames; a small file of a packed format may be hours of sound.
    """
    import soundfile

    try:
        with soundfile.SoundFile(path) as piece:
            told = piece.format, piece.samplerate, piece.channels
            if told not in _MADE or (most is not None and piece.frames > most):
                return False
            for block in piece.blocks(_BLOCK, dtype="float32"):
                joined.write(block)
    except soundfile.LibsndfileError:
        return False
    return True
