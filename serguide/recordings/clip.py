"""Make a sentence's clip: cut from the original, cleaned, levelled, 48 kHz mono FLAC."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from pathlib import Path
from typing import Final

import numpy as np

from serguide.audio.types import Block, Clip
from serguide.base.errors import RecordingError
from serguide.base.files.atomic import write_atomically
from serguide.base.files.failures import explained
from serguide.base.units import SAMPLERATE
from serguide.recordings.clip_level import levelled
from serguide.recordings.noise_reduction import clean
from serguide.recordings.room_tone import RoomTone, learn_room

FADE: Final = SAMPLERATE // 200
"""Frames of the fades at a clip's ends: 5 ms, so that no cut clicks."""

_LONGEST_NAME: Final = 40


def make_clip(
    samples: Block, samplerate: int, start: float, end: float, room: RoomTone | None = None
) -> Clip:
    """Return a stretch of a recording as a clip: shape (frames, 1), float32, at SAMPLERATE.

    samples: shape (frames, channels), best with a second more on both sides; start, end: seconds
    from its beginning; room: what was learnt of the whole recording, None to learn it from these
    samples. Raises RecordingError for a stretch that is empty or silent.
    """
    mono = samples.mean(axis=1, dtype=np.float32)
    if samplerate != SAMPLERATE:
        import soxr

        mono = soxr.resample(mono, samplerate, SAMPLERATE, quality="VHQ")
    room = room or learn_room([mono.reshape(-1, 1)])
    first, last = max(0, round(start * SAMPLERATE)), min(len(mono), round(end * SAMPLERATE))
    cut = clean(mono, room)[first:last].reshape(-1, 1)
    if len(cut) <= 2 * FADE or not np.abs(cut).max() > 0.0:
        raise RecordingError(
            f"from {start:.1f} to {end:.1f} seconds nothing is heard", "read the sentence again"
        )
    fade = (np.arange(1, FADE + 1, dtype=np.float32) / FADE).reshape(-1, 1)
    cut[:FADE] *= fade
    cut[-FADE:] *= fade[::-1]
    return Clip(levelled(np.ascontiguousarray(cut)), SAMPLERATE)


def clip_name(text: str, language: str, original: str, start: float, end: float) -> str:
    """Return the name of a reading's clip, `clips/…`: words of it, and a hash of what it is."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:_LONGEST_NAME].rstrip("-")
    what = "\0".join((text, language.lower(), original, f"{start:.3f}", f"{end:.3f}"))
    digest = hashlib.sha256(what.encode()).hexdigest()[:12]
    return f"clips/{words}-{digest}.flac" if words else f"clips/{digest}.flac"


def write_clip(path: Path, clip: Clip) -> None:
    """Write a clip as FLAC, 16 bits; whole or not at all. Raises RecordingError."""
    import soundfile

    sixteen = np.clip(np.rint(clip.samples * 32768.0), -32768, 32767).astype(np.int16)
    flac = io.BytesIO()
    soundfile.write(flac, sixteen, clip.samplerate, format="FLAC", subtype="PCM_16")
    with explained(f"{path} cannot be written", RecordingError, "choose another folder"):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, flac.getvalue())


def read_clip(path: Path) -> Clip | None:
    """Return a clip, shape (frames, 1), float32, at SAMPLERATE; None for one lost or damaged."""
    import soundfile

    try:
        samples, samplerate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError):
        return None
    if samplerate != SAMPLERATE or samples.shape[1] != 1 or not len(samples):
        return None
    return Clip(samples, samplerate)
