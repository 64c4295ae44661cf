"""MP3 encoder: LAME's frames behind an Info frame of our own; join tracks by their frames.

A track of M frames' worth of samples is encoded as M + 1 frames, for the encoder's delay. The
last is silent where a track ends in silence, so in a join only the last track keeps it: then
every track begins where the sum of the lengths before it says, to the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import lameenc
import numpy as np
from fastcrc import crc16

from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME, SAMPLERATE
from serguide.encode.base import Encoder, explained, to_int16
from serguide.encode.mp3.frames import DELAY, Mp3Header, Mp3Track, info_frame, read_track

KILOBITS = {1: 64, 2: 96}
"""Constant bit rate by channels: every frame is as long as the next, so seeking is exact."""

_QUALITY = 5

_TURNED_DOWN = np.float32(0.95)
"""LAME's presets multiply the input by this, unasked; what is written is to come out as loud."""
_COPY = 1 << 20


class Mp3Encoder(Encoder):
    """Write MP3: 48 kHz, 96 kb/s joint stereo or 64 kb/s mono, where no rate is given.

    64 kb/s is the least at which a frame holds the Info frame.
    """

    def _begin(self) -> None:
        kilobits = self._kilobits or KILOBITS[self._channels]
        self._header = Mp3Header(kilobits, self._channels, self._channels == 2)
        self._checksum = 0
        self._bytes = 0
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_bit_rate(self._header.kilobits)
        self._lame.set_in_sample_rate(SAMPLERATE)
        # Left to itself, LAME would choose a lower rate.
        self._lame.set_out_sample_rate(SAMPLERATE)
        self._lame.set_channels(self._channels)
        self._lame.set_quality(_QUALITY)
        self._file.write(bytes(self._header.frame_bytes))

    def _write(self, block: Block) -> None:
        self._append(self._lame.encode(to_int16(block / _TURNED_DOWN).tobytes()))

    def _finish(self) -> None:
        self._append(self._lame.flush())
        frames = self._bytes // self._header.frame_bytes
        padding = frames * MP3_FRAME - DELAY - self._frames
        self._file.seek(0)
        self._file.write(info_frame(self._header, frames, padding, self._checksum))

    def _append(self, data: bytes) -> None:
        self._checksum = crc16.arc(data, self._checksum)
        self._bytes += len(data)
        self._file.write(data)


def join(tracks: Sequence[Path], target: Path) -> None:
    """Make one MP3 of tracks, in order, without encoding again.

    tracks: one or more, of Mp3Encoder's making (tags in front do not matter), whole frames
    long, ending in at least two frames of digital silence. Raises SoundError, and leaves no
    target.
    """
    found = [_find(path) for path in tracks]
    header = _common_header(found)
    kept = [track.frames - 1 for track in found[:-1]] + [found[-1].frames]
    checksum = 0
    with explained(target):
        try:
            with target.open("wb") as out:
                out.write(bytes(header.frame_bytes))
                for track, frames in zip(found, kept, strict=True):
                    checksum = _copy(track, frames, out, checksum)
                out.seek(0)
                out.write(info_frame(header, sum(kept), DELAY, checksum))
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _find(path: Path) -> Mp3Track:
    with explained(path, "read"), path.open("rb") as file:
        return read_track(file, path)


def _common_header(tracks: Sequence[Mp3Track]) -> Mp3Header:
    header = tracks[0].header
    for track in tracks:
        if track.header != header:
            raise SoundError(
                f"{track.path} and {tracks[0].path} cannot be joined: "
                "they differ in channels or bit rate",
                "render both tracks again",
            )
    return header


def _copy(track: Mp3Track, frames: int, out: BinaryIO, checksum: int) -> int:
    """Copy a track's first frames, a piece at a time; return the checksum carried on."""
    with explained(track.path, "read"):
        file = track.path.open("rb")
    with file:
        file.seek(track.first)
        left = frames * track.header.frame_bytes
        while left:
            data = file.read(min(left, _COPY))
            if not data:
                raise SoundError(f"{track.path} is cut short", "render this track again")
            checksum = crc16.arc(data, checksum)
            out.write(data)
            left -= len(data)
    return checksum
