"""Bed from a therapist's own audio file: looped without a hole or a click, never held whole."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from serguide.audio.levels import REFERENCE_LUFS
from serguide.audio.loudness.meter import LoudnessMeter
from serguide.audio.types import BLOCK_FRAMES, Block
from serguide.base.errors import SoundError
from serguide.base.units import SAMPLERATE, Samples, format_clock, gain_of
from serguide.cache.versions import stamp
from serguide.soundscapes.loop import nothing
from serguide.soundscapes.recorded.audio_file import AudioFileDecoder, open_file
from serguide.soundscapes.recorded.seam import joined, seam_lengths

LONGEST = Samples(2 * 3600 * SAMPLERATE)
"""Frames that a file may last; a session lasts minutes."""

SHORTEST = Samples(SAMPLERATE)
"""Frames that a file must have besides silence at its ends."""

_WINDOW = SAMPLERATE // 10  # the meter's 100 ms
_MOVING = 1e-5  # share of the power that is sound, where a file has any
_SILENT_DB = 30.0  # a beginning or end this far under the whole would be heard as a hole


@dataclass(frozen=True, slots=True)
class _Span:
    """Say which frames of a file are looped, and the gain that brings them to the reference."""

    start: int
    end: int
    gain: float

    @property
    def frames(self) -> int:
        return self.end - self.start


class FileBed:
    """Play an audio file for ever. Its loudness is measured when the first block is asked for."""

    def __init__(self, path: Path) -> None:
        with AudioFileDecoder(path) as decoder:
            if decoder.seconds is not None and decoder.seconds * SAMPLERATE > LONGEST:
                raise _too_long(path)
        self._path = path
        self._lock = threading.Lock()
        self._span: _Span | None = None

    def identity(self) -> Mapping[str, object]:
        """Return all that shapes the sound: the file's content. Raises SoundError."""
        with open_file(self._path) as file:
            return {"bed": "file", "sha256": _digest(file), **stamp("recorded soundscape")}

    any_place = False  # what comes before has to be decoded

    def blocks(self, frames: Samples, first: int = 0) -> Iterator[Block]:
        """Yield the frames from `first` to `frames`, stereo, at REFERENCE_LUFS.

        Raises SoundError when the file is damaged, silent, or too short or long.
        """
        return self._looped(self._found(nothing), frames, first)

    def prepare(self, go_on: Callable[[], None] = nothing) -> None:
        """Measure the file; go_on: called often, raises to end it. Raises SoundError."""
        self._found(go_on)

    def _found(self, go_on: Callable[[], None]) -> _Span:
        with self._lock:
            if self._span is None:
                self._span = _measured(self._path, go_on)
            return self._span

    def _looped(self, span: _Span, frames: Samples, first: int) -> Iterator[Block]:
        left = frames - first
        gain = np.float32(span.gain)
        with AudioFileDecoder(self._path) as decoder:
            reader = _Reader(self._endless(span, decoder))
            reader.skip(first)
            while left:
                block = reader.read(min(BLOCK_FRAMES, left))
                left -= block.shape[0]
                yield block * gain

    def _endless(self, span: _Span, decoder: AudioFileDecoder) -> Iterator[Block]:
        fade, slack = seam_lengths(span.frames)
        left = span.frames
        lap = _lap(span, decoder)
        while True:
            while left > fade:
                piece = self._exactly(lap, min(BLOCK_FRAMES, left - fade))
                left -= piece.shape[0]
                yield piece
            tail = self._exactly(lap, fade)
            lap = _lap(span, decoder)
            yield joined(tail, self._exactly(lap, fade + slack))
            left = span.frames - fade - slack

    def _exactly(self, lap: _Reader, frames: int) -> Block:
        piece = lap.read(frames)
        if piece.shape[0] != frames:
            raise SoundError(
                f"“{self._path}” became shorter while it was being used",
                "leave the file alone until the session is rendered",
            )
        return piece


class _Reader:
    """Give out a stream of pieces in the lengths that are asked for."""

    def __init__(self, pieces: Iterator[Block]) -> None:
        self._pieces = pieces
        self._held = np.zeros((0, 2), np.float32)

    def read(self, frames: int) -> Block:
        """Return the next frames: fewer only at the stream's end."""
        found, count = [self._held], self._held.shape[0]
        while count < frames:
            piece = next(self._pieces, None)
            if piece is None:
                break
            found.append(piece)
            count += piece.shape[0]
        whole = found[0] if len(found) == 1 else np.concatenate(found)
        self._held = whole[frames:]
        return whole[:frames]

    def skip(self, frames: int) -> None:
        """Pass over frames, a block at a time."""
        while frames > 0:
            frames -= self.read(min(BLOCK_FRAMES, frames)).shape[0] or frames


def _lap(span: _Span, decoder: AudioFileDecoder) -> _Reader:
    lap = _Reader(decoder.lap())
    lap.skip(span.start)
    return lap


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while data := file.read(1 << 20):
        digest.update(data)
    return digest.hexdigest()


def _measured(path: Path, go_on: Callable[[], None]) -> _Span:
    meter, level = LoudnessMeter(2), _Level()
    frames = 0
    with AudioFileDecoder(path) as decoder:
        for piece in decoder.lap():
            go_on()
            frames += piece.shape[0]
            if frames > LONGEST:
                raise _too_long(path)
            meter.add(piece)
            level.add(piece)
    if level.constant:
        raise SoundError(
            f"“{path}” holds a constant level (DC) and no sound", "choose another file"
        )
    found = meter.result()
    quietest = found.energies.sum() / max(1, found.energies.size) / 10.0 ** (_SILENT_DB / 10.0)
    loud = np.flatnonzero(found.energies > quietest)
    if frames >= SHORTEST and (not loud.size or not np.isfinite(found.integrated)):
        raise SoundError(f"“{path}” is silent", "choose another file")
    start = int(loud[0]) * _WINDOW if loud.size else 0
    last = int(loud[-1]) + 1 if loud.size else 0
    # What follows the meter's last whole window belongs to it.
    end = frames if last == found.energies.size else last * _WINDOW
    if end - start < SHORTEST:
        raise SoundError(
            f"“{path}” holds less than a second of sound", "a bed needs a second at the least"
        )
    return _Span(start, end, gain_of(REFERENCE_LUFS - found.integrated))


class _Level:
    """Tell a level that does not move, which no meter of loudness hears, from silence."""

    def __init__(self) -> None:
        self._frames, self._sum, self._squares = 0, np.zeros(2), np.zeros(2)

    def add(self, piece: Block) -> None:
        self._frames += piece.shape[0]
        self._sum += piece.sum(axis=0, dtype=np.float64)
        self._squares += np.square(piece, dtype=np.float64).sum(axis=0)

    @property
    def constant(self) -> bool:
        """Tell whether nearly all of the power is in the mean."""
        power = float(self._squares.sum())
        steady = float(np.square(self._sum).sum()) / max(1, self._frames)
        return power > 0.0 and power - steady < _MOVING * power


def _too_long(path: Path) -> SoundError:
    return SoundError(
        f"“{path}” lasts longer than {format_clock(LONGEST / SAMPLERATE)}",
        "a bed is repeated for as long as it is needed: export some minutes of it",
    )
