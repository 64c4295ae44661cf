"""One track is made: its pieces are mixed and encoded, and put together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from serguide.sound.encode.base import Format, NoSeam
from serguide.sound.kweighting import PIECE as METERED
from serguide.sound.loudness import LoudnessMeter
from serguide.sound.mix import CHANNELS, speech_gain
from serguide.sound.pieces import Piece, cut
from serguide.sound.truepeak import TruePeakMeter
from serguide.takes import Measured, Shelf, Take

_METERS_RUN_UP: Final = 4 * METERED
"""Samples before a piece that its meters hear: after 400 ms their filters have settled."""


class Making:
    """Make the file of one track.

    go_on: called at every block, raises when it is time to stop; mixed, encoded: are told of
    samples that are done; finished: is given the measures when the file is whole.
    """

    def __init__(
        self,
        take: Take,
        path: Path,
        format_: Format,
        shelf: Shelf,
        go_on: Callable[[], None],
        mixed: Callable[[int], None],
        encoded: Callable[[int], None],
        finished: Callable[[Measured], None],
    ) -> None:
        self._mix = take.mix
        self._keys = take.keys
        self._shelf = shelf
        self._path = path
        self._format = format_
        self._go_on = go_on
        self._mixed = mixed
        self._encoded = encoded
        self._finished = finished
        self._lock = threading.Lock()

    def begin(self) -> list[Callable[[], None]]:
        """Return the jobs that make the track, in any order."""
        self._mix.prepare()
        self._voice = self._mix.voice_energies()
        self._gain = speech_gain(self._voice)
        frames = self._mix.timeline.frames
        self._pieces = self._mix.pieces() if self._format.weld else cut(frames, frames)
        self._found: dict[int, Measured] = {}
        return [partial(self._piece, number) for number in range(len(self._pieces))]

    def _piece(self, number: int) -> None:
        piece = self._pieces[number]
        found = self._fetch_or_encode(piece, self._file(number))
        with self._lock:
            self._found[number] = found
            last = len(self._found) == len(self._pieces)
        if last:
            self._put_together()

    def _put_together(self) -> None:
        """Make the track's file of its pieces; in one go, where they cannot be joined."""
        if len(self._pieces) > 1:
            files = [self._file(number) for number in range(len(self._pieces))]
            assert self._format.weld is not None
            try:
                self._format.weld(files, self._pieces, self._path)
            except NoSeam:
                # What was told as done is done once more, and not told again.
                self._mixed = self._encoded = _untold
                (whole,) = cut(self._mix.timeline.frames, self._mix.timeline.frames)
                self._encode(whole, self._path)
            for file in files:
                file.unlink()
        found = [self._found[number] for number in range(len(self._pieces))]
        energies = np.concatenate([piece.mix for piece in found])
        peak = max(piece.true_peak_db for piece in found)
        self._finished(Measured(energies, self._voice * self._gain**2, peak))

    def _fetch_or_encode(self, piece: Piece, path: Path) -> Measured:
        """Write a piece's file: after an edit, what lies far before it need not be made again."""
        if len(self._pieces) == 1:
            return self._encode(piece, path)
        self._go_on()
        key = self._keys.piece(piece, self._gain)
        found = self._shelf.take(key, path)
        if found is None:
            found = self._encode(piece, path)
            self._shelf.keep(key, path, found)
        else:
            self._mixed(piece.end - piece.start)
            self._encoded(piece.end - piece.start)
        return found

    def _encode(self, piece: Piece, path: Path) -> Measured:
        """Mix and encode a piece; return what was measured on it, the voice left out."""
        meter, peak = LoudnessMeter(CHANNELS), TruePeakMeter(CHANNELS)
        early = min(piece.start - piece.first, _METERS_RUN_UP)
        measured = piece.start - early
        at: int = piece.first
        with self._format.open(path, CHANNELS) as encoder:
            for block in self._mix.blocks(self._gain, self._format.headroom_db, piece.first):
                self._go_on()
                new = max(0, min(at + len(block), piece.end) - max(at, piece.start))
                self._mixed(new)
                own = block[max(0, measured - at) : max(0, piece.end - at)]
                meter.add(own)
                peak.add(own)
                encoder.write(block[: piece.last - at])
                self._encoded(new)
                at += len(block)
                if at >= piece.last:
                    break
        return Measured(meter.result().energies[early // METERED :], np.zeros(0), peak.peak)

    def _file(self, number: int) -> Path:
        if len(self._pieces) == 1:
            return self._path
        return self._path.with_suffix(f".{number:04}.piece")


def _untold(_amount: int) -> None:
    """Tell nobody."""
