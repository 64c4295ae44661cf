"""Render one track: encode its pieces in parallel, then splice them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from serguide.audio.loudness.k_weighting import PIECE as METERED
from serguide.audio.loudness.meter import LoudnessMeter
from serguide.audio.loudness.true_peak import TruePeakMeter
from serguide.audio.mix import CHANNELS, speech_gain
from serguide.audio.pieces import Piece, cut
from serguide.encode.base import Format, NoSplicePoint
from serguide.render.track_cache import TrackCache, TrackJob, TrackMeasures

_METERS_RUN_UP: Final = 4 * METERED
"""Samples before a piece that its meters hear: after 400 ms their filters have settled."""


class TrackWatch(Protocol):
    """Follow the making of a track."""

    def go_on(self) -> None:
        """Raise when it is time to stop; called at every block."""
        ...

    def prepared(self, job: TrackJob) -> None:
        """Hear that the soundscape is ready."""
        ...

    def mixed(self, job: TrackJob, frames: int) -> None:
        """Hear of samples that are mixed."""
        ...

    def encoded(self, job: TrackJob, frames: int) -> None:
        """Hear of samples that are encoded."""
        ...

    def finished(self, job: TrackJob, path: Path, measures: TrackMeasures) -> None:
        """Take the measures of a file that is whole."""
        ...


class TrackRenderer:
    """Make the file of one track, in jobs that may run at the same time."""

    def __init__(
        self, job: TrackJob, path: Path, format_: Format, cache: TrackCache, watch: TrackWatch
    ) -> None:
        self._job = job
        self._mix = job.mix
        self._path = path
        self._format = format_
        self._cache = cache
        self._watch = watch
        self._told = True
        self._lock = threading.Lock()

    def begin(self) -> list[Callable[[], None]]:
        """Return the jobs that make the track, in any order."""
        self._mix.prepare(self._watch.go_on)
        self._watch.prepared(self._job)
        self._voice = self._mix.voice_energies()
        self._gain = speech_gain(self._voice)
        self._pieces = self._cut()
        self._found: dict[int, TrackMeasures] = {}
        return [partial(self._piece, number) for number in range(len(self._pieces))]

    def _cut(self) -> tuple[Piece, ...]:
        """Return what is made side by side, and kept; the whole where that cannot be.

        The one place that decides on it: nothing else in the program knows more of pieces than
        a Piece says.
        """
        frames = self._mix.timeline.frames
        if self._format.splice and self._mix.any_place:
            return cut(frames, close=self._job.keys.values)
        return cut(frames, frames)

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
            assert self._format.splice is not None
            try:
                self._format.splice(files, self._pieces, self._path)
            except NoSplicePoint:
                # What was told as done is done once more, and not told again.
                self._told = False
                (whole,) = cut(self._mix.timeline.frames, self._mix.timeline.frames)
                self._encode(whole, self._path)
            for file in files:
                file.unlink()
        found = [self._found[number] for number in range(len(self._pieces))]
        energies = np.concatenate([piece.mix for piece in found])
        peak = max(piece.true_peak_db for piece in found)
        measures = TrackMeasures(energies, self._voice * self._gain**2, peak)
        self._watch.finished(self._job, self._path, measures)

    def _fetch_or_encode(self, piece: Piece, path: Path) -> TrackMeasures:
        """Write a piece's file: after an edit, what lies far before it need not be made again."""
        if len(self._pieces) == 1:
            return self._encode(piece, path)
        self._watch.go_on()
        key = self._job.keys.piece(piece, self._gain)
        private = self._job.keys.private(piece.first, piece.last)
        found = self._cache.track(key, path, private=private)
        if found is None:
            found = self._encode(piece, path)
            self._cache.keep(key, path, found, private=private)
        else:
            self._watch.mixed(self._job, piece.end - piece.start)
            self._watch.encoded(self._job, piece.end - piece.start)
        return found

    def _encode(self, piece: Piece, path: Path) -> TrackMeasures:
        """Mix and encode a piece; return what was measured on it, the voice left out."""
        meter, peak = LoudnessMeter(CHANNELS), TruePeakMeter(CHANNELS)
        early = min(piece.start - piece.first, _METERS_RUN_UP)
        measured = piece.start - early
        at: int = piece.first
        with self._format.open(path, CHANNELS) as encoder:
            for block in self._mix.blocks(self._gain, self._format.headroom_db, piece.first):
                self._watch.go_on()
                new = max(0, min(at + len(block), piece.end) - max(at, piece.start))
                if self._told:
                    self._watch.mixed(self._job, new)
                own = block[max(0, measured - at) : max(0, piece.end - at)]
                meter.add(own)
                peak.add(own)
                encoder.write(block[: piece.last - at])
                if self._told:
                    self._watch.encoded(self._job, new)
                at += len(block)
                if at >= piece.last:
                    break
        return TrackMeasures(meter.result().energies[early // METERED :], np.zeros(0), peak.peak)

    def _file(self, number: int) -> Path:
        if len(self._pieces) == 1:
            return self._path
        return self._path.with_suffix(f".{number:04}.piece")
