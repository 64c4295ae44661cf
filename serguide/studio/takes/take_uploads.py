"""Keep a take that a page sends: its sound on the disk first, then what is made of it.

VOICE/.incoming/ID.json   which sentence it is of, and when in it the turn and the key were
VOICE/.incoming/ID.wav    the sound as it came, until the voice's own folder has it
VOICE/.incoming/….part    a sound that is coming; of no use where the studio was killed meanwhile
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from anyio import to_thread

from serguide.base.errors import RecordingError, SerguideError, UsageError
from serguide.base.files.atomic import put_in_place, write_atomically
from serguide.base.files.failures import explained
from serguide.base.units import SAMPLERATE
from serguide.cache.private import SECRET, closed_folder
from serguide.reading.prompter.prompter import Take
from serguide.reading.prompter.take_keeper import keep_take
from serguide.recordings.recording import Recording
from serguide.recordings.sentences import Sentence
from serguide.recordings.voice_folder import VoiceFolder

INCOMING: Final = ".incoming"

LONGEST: Final = 300.0
"""Seconds of a take."""

TAKE_LIMIT: Final = round(LONGEST * SAMPLERATE) * 4 + 4096
"""Bytes of a take: 32-bit samples, and a WAV's head."""

_FORMATS: Final = ("WAV", "WAVEX")
"""Not packed: a small file of another format may be hours of sound."""

_COMING: Final[set[Path]] = set()
"""What is being received or kept just now, which is not to be recovered."""

_PART: Final = ".part"

_CANNOT: Final = "the recording cannot be kept"


@dataclass(frozen=True, slots=True)
class TakeNote:
    """Say of which sentence a take is; turn, key: seconds in it; last: reading ended with it."""

    text: str
    language: str
    turn: float
    key: float
    last: bool


def new_take(folder: VoiceFolder, sentence: Sentence, query: dict[str, str]) -> Path:
    """Return where a take's sound goes, its note beside it. Raises UsageError, RecordingError."""
    try:
        turn, key = float(query["turn"]), float(query["key"])
    except (KeyError, ValueError):
        raise UsageError("the recording is not understood", "load the page again") from None
    if not 0.0 <= turn <= key <= LONGEST:
        raise UsageError("the recording is not understood", "load the page again")
    note = TakeNote(sentence.spoken, sentence.language, turn, key, query.get("last") == "1")
    with explained(_CANNOT, RecordingError, "free the disk"):
        place = folder.path / INCOMING
        closed_folder(place)
        path = place / f"{secrets.token_hex(8)}.wav"
        _COMING.add(path)
        write_atomically(path.with_suffix(".json"), json.dumps(asdict(note)).encode(), mode=SECRET)
    return path


async def receive(path: Path, write: Callable[[Path], Awaitable[object]]) -> None:
    """Have a sound written, and give it its name when all of it is on the disk.

    write: writes to a path, and leaves nothing there when that fails. Raises what that does.
    """
    # Of the same sound that comes twice at once, neither is in the other's way.
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PART}")
    _COMING.add(part)
    try:
        await write(part)
        await to_thread.run_sync(put_in_place, part, path)
    finally:
        _COMING.discard(part)


def keep_upload(folder: VoiceFolder, path: Path, sentence: Sentence) -> Recording | None:
    """Judge and keep a take that is on the disk; None where nothing was read as reading ended.

    The sound as it came is removed when the voice's folder has it. Raises RecordingError.
    """
    try:
        note = TakeNote(**json.loads(path.with_suffix(".json").read_bytes()))
        take = Take(_samples(path), note.turn, note.key, note.last)
        entry = keep_take(folder, sentence, take)
        drop_upload(path)
        return entry
    finally:
        _COMING.discard(path)


def drop_upload(path: Path) -> None:
    """Remove an upload and its note."""
    _COMING.discard(path)
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)


def recover_uploads(folder: VoiceFolder) -> int:
    """Keep what a studio that was killed had received and not kept; return how many these were.

    What it had not received to the end is removed: nobody was told that it was kept.
    """
    place, kept = folder.path / INCOMING, 0
    for path in sorted(place.glob(f"*{_PART}")):
        if path not in _COMING:
            path.unlink(missing_ok=True)
    for path in sorted(place.glob("*.json")):
        sound = path.with_suffix(".wav")
        if sound not in _COMING and not sound.exists():
            path.unlink(missing_ok=True)
    for path in sorted(place.glob("*.wav")):
        if path in _COMING or ".whole." in path.name:
            continue
        try:
            note: dict[str, Any] = json.loads(path.with_suffix(".json").read_bytes())
            sentence = Sentence(0, "", 0, note["text"], note["text"], note["language"], 0.0)
            keep_upload(folder, path, sentence)
            kept += 1
        except (OSError, ValueError, KeyError, TypeError, SerguideError):
            continue  # cut short as it came, or the disk is full: the sound stays
    return kept


def _samples(path: Path) -> Any:
    """Return a take's samples, shape (frames, 1) at SAMPLERATE. Raises RecordingError."""
    import numpy as np
    import soundfile
    import soxr

    try:
        told = soundfile.info(path)
        if told.format not in _FORMATS or told.channels > 2 or told.duration > 2 * LONGEST:
            raise RecordingError("this is no reading of a sentence", "read the sentence again")
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise RecordingError("this is no sound", "read the sentence again") from error
    if not len(samples) or not np.isfinite(samples).all():
        raise RecordingError("this sound is empty", "read the sentence again")
    mono = samples.mean(axis=1, dtype=np.float32, keepdims=True)
    if rate != SAMPLERATE:
        mono = soxr.resample(mono, rate, SAMPLERATE)
    return np.ascontiguousarray(mono, np.float32)
