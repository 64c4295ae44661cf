"""WAV encoder: 16 bits, plain PCM."""

from __future__ import annotations

import struct
import wave
from collections.abc import Sequence
from pathlib import Path

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE
from serguide.encode.base import Encoder, explained, to_int16

_LARGEST = 0xFFFF_FFFF - (1 << 24)
"""Bytes of samples that a WAV's 32-bit sizes can say, with room for tags and a picture."""

_COPY = 1 << 18  # frames


class WavEncoder(Encoder):
    """Write 16-bit PCM at 48 kHz; rounded, not dithered, so that silence is silence."""

    def _begin(self) -> None:
        self._file.write(_header(self._channels, 0))

    def _write(self, block: Block) -> None:
        if self._frames * self._channels * 2 > _LARGEST:
            raise _too_long(self._path)
        self._file.write(to_int16(block).tobytes())

    def _finish(self) -> None:
        self._file.seek(0)
        self._file.write(_header(self._channels, self._frames))


def join(tracks: Sequence[Path], target: Path) -> None:
    """Make one WAV of tracks, in order; tags that they carry are left behind.

    tracks: one or more of WavEncoder's making, alike in channels. Raises SoundError, and
    leaves no target.
    """
    kinds = [_kind(path) for path in tracks]
    channels, total = kinds[0][0], sum(frames for _, frames in kinds)
    for path, (found, _) in zip(tracks, kinds, strict=True):
        if found != channels:
            raise SoundError(
                f"{path} and {tracks[0]} cannot be joined: they differ in channels",
                "render both tracks again",
            )
    if total * channels * 2 > _LARGEST:
        raise _too_long(target)
    with explained(target):
        try:
            with target.open("wb") as out:
                out.write(_header(channels, total))
                for path in tracks:
                    with wave.open(str(path), "rb") as track:
                        while data := track.readframes(_COPY):
                            out.write(data)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _kind(path: Path) -> tuple[int, int]:
    """Return a track's channels and frames, having seen that they are there."""
    try:
        with explained(path, "read"), wave.open(str(path), "rb") as track:
            kind = (track.getnchannels(), track.getnframes())
            ours = track.getsampwidth() == 2 and track.getframerate() == SAMPLERATE
    except (wave.Error, EOFError) as error:
        raise SoundError(f"{path} is not a whole WAV file", "render this track again") from error
    if not ours or path.stat().st_size < kind[0] * kind[1] * 2:
        raise SoundError(f"{path} is not a whole WAV of ours", "render this track again")
    return kind


def _header(channels: int, frames: int) -> bytes:
    """Return what stands before the samples: RIFF, fmt and the head of data."""
    size = frames * channels * 2
    rate = SAMPLERATE * channels * 2
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, SAMPLERATE, rate, channels * 2, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE")
        + form
        + struct.pack("<4sI", b"data", size)
    )


def _too_long(path: Path) -> SoundError:
    return SoundError(
        f"{path.name} would be longer than a WAV file can be (4 GiB)",
        "render as flac: the same samples, in less space and without this limit",
    )
