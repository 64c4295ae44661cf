"""Decode an audio file that came from anywhere, safely and in pieces.

FFmpeg follows playlists, addresses and devices. Here it gets an open ordinary file, and only
containers of audio, so that nothing else is ever opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import av
import numpy as np

from serguide.block import Block
from serguide.errors import SoundError
from serguide.units import SAMPLERATE, format_clock

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_CONTAINERS = "wav,w64,rf64,aiff,caf,au,mp3,aac,flac,ogg,mov,mp4,m4a,matroska,webm"
_BAD_PACKETS = 3
_HINT = "export it again as WAV, FLAC, MP3, M4A or Ogg, and check that it plays to its end"


def open_file(path: Path) -> BinaryIO:
    """Open an ordinary file for reading; a pipe or device is refused without waiting on it.

    Raises SoundError.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SoundError(f"“{path}” cannot be opened: {reason}", "check the path") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SoundError(f"“{path}” is not an ordinary file", "name an audio file")
    return os.fdopen(handle, "rb")


@contextmanager
def _container(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    with open_file(path) as file:
        try:
            container = av.open(file, "r", options={"format_whitelist": _CONTAINERS})
        except (av.error.FFmpegError, ValueError):
            raise SoundError(f"“{path}” is damaged or not an audio file", _HINT) from None
        with container:
            if not container.streams.audio:
                raise SoundError(f"“{path}” has no sound in it", _HINT)
            yield container, container.streams.audio[0]


def check(path: Path) -> None:
    """Make sure that a file can be opened and holds sound. Raises SoundError."""
    with _container(path):
        pass


def decoded(path: Path) -> Generator[Block, None, None]:
    """Yield a file's sound in pieces of any length: stereo, SAMPLERATE, shape (frames, 2).

    Raises SoundError when the file is damaged, or ends before it says it does.
    """
    with _container(path) as (container, stream):
        resampler = av.AudioResampler(format="flt", layout="stereo", rate=SAMPLERATE)
        total = 0
        try:
            for frame in _frames(path, container, stream):
                for piece in resampler.resample(frame):
                    total += piece.samples
                    yield _block(piece)
            for piece in resampler.resample(None):
                total += piece.samples
                yield _block(piece)
        except (av.error.FFmpegError, ValueError):
            raise _damaged(path, total) from None
        length = _declared(container, stream)
        if length is not None and total < 0.97 * length * SAMPLERATE - SAMPLERATE / 10:
            raise SoundError(
                f"“{path}” is cut off: it should last {format_clock(length)} "
                f"but ends after {format_clock(total / SAMPLERATE)}",
                "copy or export it again",
            )


def _frames(path: Path, container: InputContainer, stream: AudioStream) -> Iterator[av.AudioFrame]:
    # Tags that some programs append to a file end in a packet or two that cannot be decoded.
    # That is no damage; a fault with sound on both sides of it is.
    heard, bad, end = False, 0, 0.0
    for packet in container.demux(stream):
        if packet.is_corrupt:
            raise _damaged(path, round(end * SAMPLERATE))
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            bad += 1
            frames = []
        if bad > _BAD_PACKETS or (bad and heard and frames):
            raise _damaged(path, round(end * SAMPLERATE))
        for frame in frames:
            heard, bad = True, 0
            end = (frame.time or 0.0) + frame.samples / frame.sample_rate
            frame.pts = None  # gaps in time stamps are not sound
            yield frame


def _block(frame: av.AudioFrame) -> Block:
    return np.array(frame.to_ndarray(), np.float32).reshape(-1, 2)


def _declared(container: InputContainer, stream: AudioStream) -> float | None:
    # Containers that only guess at their length from their first packets are not held to it:
    # ADTS, and MP3 without the header that encoders write (it also gives a start other than 0).
    name = container.format.name
    if name == "aac" or (name == "mp3" and not stream.start_time):
        return None
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _damaged(path: Path, frames: int) -> SoundError:
    return SoundError(f"“{path}” is damaged at {format_clock(frames / SAMPLERATE)}", _HINT)
