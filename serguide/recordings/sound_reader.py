"""Decode whatever a phone or microphone gave: blocks of mono sound at 48 kHz."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np

from serguide.audio.types import Block
from serguide.base.errors import RecordingError
from serguide.base.files.failures import reason_of
from serguide.base.units import SAMPLERATE

LONGEST: Final = 2 * 3600
"""Seconds of sound that one file may hold."""

_CONTAINERS: Final = "wav,w64,rf64,aiff,caf,au,mp3,aac,flac,ogg,mov,mp4,m4a,3gp,amr,matroska,webm"
_BAD_PACKETS: Final = 3  # tags at a file's end decode to nothing


def decoded(path: Path) -> Iterator[Block]:
    """Yield a sound file's blocks: shape (frames, 1), float32, at SAMPLERATE, from its beginning.

    Channels are averaged. Memory does not grow with length. Raises RecordingError for what is no
    sound, is damaged between two stretches of sound, or is longer than LONGEST.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise RecordingError(
            f"{path} cannot be read: {reason_of(error)}", "see that it is there, then try again"
        ) from None
    # An open file, never a name: FFmpeg follows addresses, playlists and devices.
    with file:
        try:
            container = av.open(file, "r", options={"format_whitelist": _CONTAINERS})
        except (av.error.FFmpegError, ValueError, OSError):
            raise _unusable(path, "is no sound file that can be read") from None
        with container:
            if not container.streams.audio:
                raise _unusable(path, "holds no sound")
            try:
                yield from _blocks(path, container)
            except (av.error.FFmpegError, OSError):
                raise _unusable(path, "is damaged") from None


def _blocks(path: Path, container: av.container.InputContainer) -> Iterator[Block]:
    resampler, total = None, 0
    for frame in _frames(path, container):
        frame.pts = None  # gaps in time stamps are not sound
        if resampler is None:
            resampler = av.AudioResampler(format="fltp", layout=frame.layout, rate=SAMPLERATE)
        for piece in resampler.resample(frame):
            total += piece.samples
            if total > LONGEST * SAMPLERATE:
                raise _unusable(path, "is longer than two hours", "cut it into parts")
            yield _mono(piece)
    if resampler is None:
        raise _unusable(path, "holds no sound")
    for piece in resampler.resample(None):
        yield _mono(piece)


def _frames(path: Path, container: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    heard, bad = False, 0
    for packet in container.demux(container.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            continue
        if frames and ((bad and heard) or bad > _BAD_PACKETS):
            raise _unusable(path, "is damaged")
        for frame in frames:
            heard, bad = True, 0
            yield frame


def _mono(frame: av.AudioFrame) -> Block:
    samples = np.asarray(frame.to_ndarray(), np.float32)
    mono: Block = np.nan_to_num(samples.mean(axis=0, dtype=np.float32)).reshape(-1, 1)
    return mono


def _unusable(path: Path, what: str, hint: str = "") -> RecordingError:
    return RecordingError(f"{path} {what}", hint or "record or export it again")
