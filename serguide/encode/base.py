"""Sound file formats: the Encoder interface and the Format record.

`docs/adding.md` says how to add one, step by step.
"""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from serguide.audio.pieces import Piece
from serguide.audio.types import Block
from serguide.base.errors import SoundError
from serguide.base.files import failures


@dataclass(frozen=True, slots=True)
class Rate:
    """Say how small sound is made: kilobits a second, and in how many channels."""

    kilobits: int
    channels: int


class NoSplicePoint(Exception):  # noqa: N818  (not a fault: the track is encoded in one go then)
    """Two pieces of a track have no place at which they can be joined."""


class Encoder(ABC):
    """Write blocks to one file, streaming; used in a `with`, it leaves a whole file or none.

    path: overwritten; channels: 1, 2 or 4, of the blocks; rate: of the file, None for the format's
    own; where it is mono, the mean of both channels is written. Raises SoundError when the file
    cannot be written.
    """

    def __init__(self, path: Path, channels: int, rate: Rate | None = None) -> None:
        self._path = path
        self._given = channels
        self._channels = min(channels, rate.channels) if rate else channels
        self._kilobits = rate.kilobits if rate else 0
        self._frames = 0
        with explained(path):
            self._file = path.open("w+b")
            try:
                self._begin()
            except BaseException:
                # Not a subclass's, which may count on having begun.
                Encoder.abort(self)
                raise

    def write(self, block: Block) -> None:
        """Append frames: shape (frames, channels), ±1.0; 16-bit formats clip what is beyond."""
        if block.ndim != 2 or block.shape[1] != self._given:
            raise ValueError(f"expected a block of shape (frames, {self._given})")
        if self._channels < self._given:
            block = block.mean(axis=1, keepdims=True, dtype=np.float32)
        if block.shape[0]:
            self._frames += block.shape[0]
            with explained(self._path):
                self._write(block)

    def close(self) -> None:
        """Finish the file; to see it safely on the disk is left to whoever gives it its place."""
        if not self._frames:
            self.abort()
            raise SoundError(f"{self._path.name} would be empty", "write at least one sample")
        try:
            with explained(self._path):
                self._finish()
                self._file.close()
        except BaseException:
            self.abort()
            raise

    def abort(self) -> None:
        """Give up and leave no file."""
        with contextlib.suppress(OSError):
            self._file.close()
        self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _write(self, block: Block) -> None: ...

    @abstractmethod
    def _finish(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Format:
    """Describe one sound file format.

    name: as users write it; suffix: with its dot; mime: for the manifest; open: path and
    channels to an Encoder; join: makes one file of tracks without encoding again, in which
    each track begins at the sum of the lengths before it, to the sample; None where that
    cannot be done, and a second encoder is fed instead; splice: makes one file of a track's pieces
    that overlap, or raises NoSplicePoint; None where a track is encoded in one go; headroom_db:
    how far under the promised true peak a mix has to stay, for what the codec adds.

    rate: at which `open` encodes stereo, None where nothing is lost; rates: all that can be asked
    for, the largest first; open_at: as `open`, at one of these; overhead: bits a second that the
    container adds; variant: what tells one that `at` made from the format of the same name.
    """

    name: str
    suffix: str
    mime: str
    open: Callable[[Path, int], Encoder]
    join: Callable[[Sequence[Path], Path], None] | None = None
    splice: Callable[[Sequence[Path], Sequence[Piece], Path], None] | None = None
    headroom_db: float = 0.5
    rate: Rate | None = None
    rates: tuple[Rate, ...] = ()
    open_at: Callable[[Path, int, Rate], Encoder] | None = None
    overhead: int = 0
    variant: str = ""

    def at(self, rate: Rate) -> Format:
        """Return this format at another of its rates; itself at its own."""
        if rate == self.rate:
            return self
        assert self.open_at is not None
        opened = partial(_open_at, self.open_at, rate)
        variant = f"{self.variant} {rate.kilobits}k{rate.channels}".strip()
        return replace(self, open=opened, rate=rate, variant=variant)


def _open_at(
    open_at: Callable[[Path, int, Rate], Encoder], rate: Rate, path: Path, channels: int
) -> Encoder:
    return open_at(path, channels, rate)


def to_int16(block: Block) -> npt.NDArray[np.int16]:
    """Round to 16 bits, without dither: digital silence stays digital silence."""
    whole: npt.NDArray[np.int16] = (
        np.rint(block * np.float32(32768)).clip(-32768, 32767).astype("<i2")
    )
    return whole


@contextlib.contextmanager
def explained(path: Path, doing: str = "write") -> Iterator[None]:
    """Turn an OSError while reading or writing `path` into a SoundError that says what to do."""
    with failures.explained(f"cannot {doing} {path}", SoundError, "use another folder"):
        yield
