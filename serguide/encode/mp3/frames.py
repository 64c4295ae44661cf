"""Parse MP3 frames, and read and write the Info frame in front of them.

Sources: ISO/IEC 11172-3 (frame header, side information); the Xing/Info header and LAME's
extension of it, as in LAME's VbrTag.c and the "Mp3 Info Tag revision 1" specification.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastcrc import crc16

from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME
from serguide.encode.tags.id3 import tag_length

DELAY = 576
"""Samples that LAME puts before the first; a decoder adds 529 of its own and skips both."""

HEADER = 4
_BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kb/s
_XING = 120  # bytes of the Xing header, with all its fields
_LAME = 36  # and of LAME's extension
_INFO_FLAGS = 0b1111  # frames, bytes, table of contents and quality are there
_QUALITY = 50
_LOWPASS_UNKNOWN = 0
_VERSION = b"LAME3.100"
_CBR = 1
_PART = 59  # bits of side information for one granule of one channel


@dataclass(frozen=True, slots=True)
class Mp3Header:
    """Hold what a frame header of MPEG-1 Layer III at 48 kHz says."""

    kilobits: int
    channels: int
    joint: bool

    @property
    def frame_bytes(self) -> int:
        """Return a frame's length in bytes; at 48 kHz no frame needs padding."""
        return self.kilobits * 1000 // 8 * MP3_FRAME // 48_000

    @property
    def side_bytes(self) -> int:
        """Return the length of the side information behind the header."""
        return 17 if self.channels == 1 else 32

    def write(self) -> bytes:
        """Return the four bytes: no CRC, no padding, marked original."""
        mode = 0b11 if self.channels == 1 else 0b01 if self.joint else 0b00
        rate = _BITRATES.index(self.kilobits) << 4 | 0b0100
        return bytes((0xFF, 0xFB, rate, mode << 6 | 0b0100))

    @staticmethod
    def read(frame: bytes) -> Mp3Header | None:
        """Read the first four bytes of a frame; None if they are not such a header."""
        if len(frame) < HEADER or frame[:2] != b"\xff\xfb" or frame[2] & 0b1110 != 0b0100:
            return None
        index, mode = frame[2] >> 4, frame[3] >> 6
        if not 0 < index < len(_BITRATES):
            return None
        return Mp3Header(_BITRATES[index], 1 if mode == 0b11 else 2, mode == 0b01)


def info_frame(header: Mp3Header, frames: int, padding: int, checksum: int) -> bytes:
    """Return the frame that tells decoders what to skip at both ends.

    frames: that follow; padding: samples behind the last; checksum: CRC-16/ARC of those frames.
    """
    length = (frames + 1) * header.frame_bytes
    seek = bytes(256 * (1 + frames * i // 100) // (frames + 1) for i in range(100))
    xing = struct.pack(">4sIII100sI", b"Info", _INFO_FLAGS, frames, length, seek, _QUALITY)
    lame = struct.pack(
        ">9sBBIHHBB3sBBHIH",
        _VERSION,
        _CBR,
        _LOWPASS_UNKNOWN,
        0,  # peak and both replay gains: not known
        0,
        0,
        0,  # flags
        min(header.kilobits, 255),  # "255 or more"
        (DELAY << 12 | padding).to_bytes(3, "big"),
        0,  # source
        0,  # gain
        0,  # preset
        length,
        checksum,
    )
    body = header.write() + bytes(header.side_bytes) + xing + lame
    return (body + struct.pack(">H", crc16.arc(body))).ljust(header.frame_bytes, b"\0")


@dataclass(frozen=True, slots=True)
class Mp3Track:
    """Say where the frames of one of our MP3 files are.

    first: byte at which the frames behind the Info frame begin; frames: how many they are.
    """

    path: Path
    header: Mp3Header
    first: int
    frames: int


def read_track(file: BinaryIO, path: Path) -> Mp3Track:
    """Find the frames of a file that can be joined to others.

    Raises SoundError unless it is whole, begins and ends in silence that can be cut, and its
    samples are whole frames.
    """
    file.seek(0)
    start = tag_length(file.read(10))
    file.seek(start)
    frame = file.read(HEADER + 32 + _XING + _LAME)
    header = Mp3Header.read(frame)
    at = HEADER + header.side_bytes if header else 0
    if header is None or frame[at : at + 4] != b"Info" or len(frame) < at + _XING + _LAME:
        raise _unfit(path, "it has no Info frame of ours")
    (frames,) = struct.unpack_from(">I", frame, at + 8)
    delays = int.from_bytes(frame[at + _XING + 21 : at + _XING + 24], "big")
    if delays != (DELAY << 12 | DELAY):
        raise _unfit(path, "its length is not a whole number of MP3 frames")
    track = Mp3Track(path, header, start + header.frame_bytes, frames)
    for index, wanted, problem in (
        (0, _starts_fresh, "its first frame leans on one before it"),
        (frames - 1, _is_silent, "it does not end in silence"),
    ):
        file.seek(track.first + index * header.frame_bytes)
        frame = file.read(header.frame_bytes)
        if len(frame) < header.frame_bytes or Mp3Header.read(frame) != header:
            raise _unfit(path, "it is damaged or cut short")
        if not wanted(frame[HEADER : HEADER + header.side_bytes], header.channels):
            raise _unfit(path, problem)
    return track


def _starts_fresh(side: bytes, _channels: int) -> bool:
    """Say whether a frame needs no bytes of frames before it (main_data_begin is 0)."""
    return main_data_begin(side) == 0


def main_data_begin(side: bytes) -> int:
    """Return how many bytes of a frame's sound lie in frames before it; side: its information."""
    return side[0] << 1 | side[1] >> 7


def block_types(side: bytes, channels: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the windows of a frame's two granules, a channel each: 0 long, 1 start, 2 short,
    3 stop."""
    first, second = (
        tuple(
            _bits(side, at + 34, 2) if _bits(side, at + 33, 1) else 0
            for at in _granule(side, index, channels)
        )
        for index in (0, 1)
    )
    return first, second


def _is_silent(side: bytes, channels: int) -> bool:
    """Say whether a frame holds no spectrum: part2_3_length is 0 in all granules."""
    return not any(
        _bits(side, at, 12) for index in (0, 1) for at in _granule(side, index, channels)
    )


def _granule(side: bytes, index: int, channels: int) -> range:
    """Return the bits at which the parts of a granule begin, one a channel."""
    private, shares = (5, 4) if channels == 1 else (3, 8)
    begin = 9 + private + shares + index * channels * _PART
    return range(begin, begin + channels * _PART, _PART)


def _bits(side: bytes, at: int, count: int) -> int:
    return int.from_bytes(side, "big") >> (8 * len(side) - at - count) & ((1 << count) - 1)


def _unfit(path: Path, why: str) -> SoundError:
    return SoundError(f"{path} cannot be joined to other tracks: {why}", "render this track again")
