"""Tracks are mixed, measured and encoded, and the session's one file is made of them.

Each track is fetched from the store when it was made before, and else made, in pieces, several
at a time. Where a format can join tracks by their frames, so is the session's file; otherwise
it is encoded beside the tracks, in a pass of its own.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from serguide.bundle.contents import Loudness
from serguide.bundle.waveform import waveform
from serguide.making import Making
from serguide.progress import Report, Tally
from serguide.sound.encode.base import Format
from serguide.sound.loudness import Energies, integrated
from serguide.sound.mix import CHANNELS, speech_gain
from serguide.takes import Measured, Shelf, Take, session_key
from serguide.workers import Job, Workers


def cores() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Studio:
    """Render the audio files of one bundle.

    folder: the unfinished bundle's; shelf: where files are kept; jobs: threads, None for one a
    core.
    """

    def __init__(
        self, folder: Path, format_: Format, shelf: Shelf, jobs: int | None, report: Report
    ) -> None:
        self.session = f"session{format_.suffix}"
        self._folder = folder
        self._format = format_
        self._shelf = shelf
        self._workers = Workers(jobs or cores())
        self._report = report

    def render(self, takes: Sequence[Take]) -> Loudness:
        """Write every take's file and the session's; return the session's loudness."""
        for take in takes:
            (self._folder / take.path).parent.mkdir(exist_ok=True)
        parts = [take for take in takes if take.in_session]
        twice = [] if self._format.join else parts
        total = sum(take.frames for take in (*takes, *twice))
        self._mixing = Tally("mixing", total, self._report)
        self._encoding = Tally("encoding", total, self._report)
        measured: dict[str, Measured] = {}
        jobs: list[Job] = [partial(self._take, take, measured) for take in _in_order(takes)]
        self._workers.run([partial(self._encode_session, twice), *jobs] if twice else jobs)
        if self._format.join:
            files = [self._folder / take.path for take in parts]
            self._format.join(files, self._folder / self.session)
        return _loudness([measured[take.path] for take in parts])

    def _take(self, take: Take, measured: dict[str, Measured]) -> Iterable[Job] | None:
        """Fetch a track; or begin to make it, and return the jobs that do."""
        self._workers.go_on()
        path = self._folder / take.path
        kept = self._shelf.take(take.key, path)
        if kept is not None:
            self._mixing.add(take.frames)
            self._encoding.add(take.frames)
            measured[take.path] = kept
            return None

        def finished(found: Measured) -> None:
            self._shelf.keep(take.key, path, found)
            measured[take.path] = found

        go_on, mixed, encoded = self._workers.go_on, self._mixing.add, self._encoding.add
        making = Making(take, path, self._format, self._shelf, go_on, mixed, encoded, finished)
        return making.begin()

    def _encode_session(self, takes: list[Take]) -> None:
        """Fetch the session's one file, or mix all tracks once more for an encoder of its own."""
        path, key = self._folder / self.session, session_key(takes, self._format)
        if self._shelf.file(key, path):
            total = sum(take.frames for take in takes)
            self._mixing.add(total)
            self._encoding.add(total)
            return
        with self._format.open(path, CHANNELS) as encoder:
            for take in takes:
                gain = speech_gain(take.mix.voice_energies())
                for block in take.mix.blocks(gain, self._format.headroom_db):
                    self._workers.go_on()
                    self._mixing.add(block.shape[0])
                    encoder.write(block)
                    self._encoding.add(block.shape[0])
        self._shelf.keep_file(key, path)


def _in_order(takes: Sequence[Take]) -> list[Take]:
    """Put the longest first, so that no core is left with it at the end.

    Before them goes the longest of each soundscape: where loops must be made first, the others
    begin with what is heard over none, or over another.
    """
    longest_first = sorted(takes, key=lambda take: -take.frames)
    leaders = {id(take.mix.bed): take for take in reversed(longest_first)}.values()
    ahead = sorted(leaders, key=lambda take: (take.mix.bed is None, -take.frames))
    # A dict keeps what was first: those that go ahead are not there twice.
    return list({take.path: take for take in (*ahead, *longest_first)}.values())


def _loudness(tracks: Sequence[Measured]) -> Loudness:
    """Return the session's loudness from its tracks' energies end to end."""
    mix = _end_to_end([track.mix for track in tracks])
    return Loudness(
        integrated=_finite(integrated(mix)),
        speech=_finite(integrated(_end_to_end([track.voice for track in tracks]))),
        true_peak=_finite(max((track.true_peak_db for track in tracks), default=-math.inf)),
        waveform=waveform(mix),
    )


def _end_to_end(tracks: list[Energies]) -> Energies:
    return np.concatenate([np.zeros(0), *tracks])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
