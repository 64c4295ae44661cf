"""Splice a track's MP3 from overlapping pieces that were encoded apart.

Frames cannot simply be put one behind the other inside a running sound: a frame is decoded
with the half of its windows that lies in the frame before, and its bytes may begin in the
frames before (the bit reservoir; ISO/IEC 11172-3, 2.4.3.4). So both pieces are encoded beyond
the cut, over the same samples, and are joined at a frame where

- the later piece has been encoding long enough to have forgotten that it began there;
- its frame needs no more bytes of the frames before than the earlier piece has free there:
  these are written over what the earlier piece had there for frames that are dropped;
- the windows on both sides fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastcrc import crc16

from serguide.audio.pieces import Piece
from serguide.base.errors import SoundError
from serguide.base.units import MP3_FRAME
from serguide.encode.base import NoSplicePoint, explained
from serguide.encode.mp3.frames import (
    DELAY,
    HEADER,
    Mp3Header,
    block_types,
    info_frame,
    main_data_begin,
)

_WARM = 3
"""Frames after which an encoder's filters know nothing of its beginning."""

_AHEAD = 2
"""Frames at a piece's end that were encoded without knowing what comes."""

_RESERVOIR = 4
"""Frames that a frame's bytes can reach back, with one to spare."""

_OPENS, _CLOSES = (0, 1), (0, 3)
"""Windows that can stand behind, and before, a long one."""


@dataclass(slots=True)
class _Frames:
    """Hold frames from number `first` on, heads and bodies apart."""

    first: int
    heads: list[bytes]
    bodies: bytearray

    @property
    def end(self) -> int:
        return self.first + len(self.heads)


def splice(paths: Sequence[Path], pieces: Sequence[Piece], target: Path) -> None:
    """Make one MP3 of a track's pieces.

    paths: one of Mp3Encoder's making for each piece, of its samples from first to last.
    Raises NoSplicePoint, and SoundError; leaves no target then.
    """
    try:
        with explained(target), target.open("wb") as out:
            header = _header(paths[0])
            head = HEADER + header.side_bytes
            body = header.frame_bytes - head
            checksum = 0
            out.write(bytes(header.frame_bytes))

            def put(frames: _Frames, end: int) -> None:
                nonlocal checksum
                count = end - frames.first
                data = b"".join(
                    frames.heads[index] + frames.bodies[index * body : (index + 1) * body]
                    for index in range(count)
                )
                checksum = crc16.arc(data, checksum)
                out.write(data)
                frames.first = end
                del frames.heads[:count], frames.bodies[: count * body]

            kept = _read(paths[0], header, pieces[0])
            for path, piece in zip(paths[1:], pieces[1:], strict=True):
                coming = _read(path, header, piece)
                seam = _seam(kept, coming, header)
                reach = main_data_begin(_side(coming, seam))
                del kept.heads[seam - kept.first :]
                del kept.bodies[(seam - kept.first) * body - reach :]
                kept.heads += coming.heads[seam - coming.first :]
                kept.bodies += coming.bodies[(seam - coming.first) * body - reach :]
                put(kept, seam - _RESERVOIR)
            frames = kept.end
            put(kept, frames)
            padding = frames * MP3_FRAME - DELAY - pieces[-1].end
            out.seek(0)
            out.write(info_frame(header, frames, padding, checksum))
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _seam(kept: _Frames, coming: _Frames, header: Mp3Header) -> int:
    """Return the latest frame at which two pieces can be joined."""
    for number in range(kept.end - 1 - _AHEAD, coming.first + _WARM - 1, -1):
        there, here, before = _side(kept, number), _side(coming, number), _side(kept, number - 1)
        if main_data_begin(here) > main_data_begin(there):
            continue
        lasts = block_types(before, header.channels)[1]
        firsts = block_types(here, header.channels)[0]
        if all((a in _CLOSES) == (b in _OPENS) for a, b in zip(lasts, firsts, strict=True)):
            return number
    raise NoSplicePoint


def _side(frames: _Frames, number: int) -> bytes:
    return frames.heads[number - frames.first][HEADER:]


def _header(path: Path) -> Mp3Header:
    with explained(path, "read"), path.open("rb") as file:
        header = Mp3Header.read(file.read(HEADER))
    if header is None:
        raise SoundError(f"{path} is not one of our MP3 files", "render this track again")
    return header


def _read(path: Path, header: Mp3Header, piece: Piece) -> _Frames:
    """Read a piece's frames, without the Info frame in front."""
    with explained(path, "read"):
        data = path.read_bytes()
    size, head = header.frame_bytes, HEADER + header.side_bytes
    starts = range(size, len(data) - size + 1, size)
    return _Frames(
        piece.first // MP3_FRAME,
        [data[at : at + head] for at in starts],
        bytearray().join(data[at + head : at + size] for at in starts),
    )
