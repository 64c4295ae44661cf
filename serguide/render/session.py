"""Render a session's audio files: fetch or make each track, then join them.

Several tracks are made at a time, in pieces. Where a format can join tracks by their frames, so
is the session's file; otherwise it is encoded beside the tracks, in a pass of its own.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from serguide.audio.loudness.meter import Energies, integrated
from serguide.base.tasks.cancel import Cancel
from serguide.base.tasks.pool import Job, JobPool
from serguide.base.tasks.progress import ProgressReporter
from serguide.encode.base import Format
from serguide.render.measures import SessionLoudness
from serguide.render.one_file import OneFile, encode_one
from serguide.render.track import TrackRenderer
from serguide.render.track_cache import TrackCache, TrackJob, TrackMeasures


def _nothing() -> None:
    pass


class SessionRenderer:
    """Render the audio files of one bundle.

    folder: the unfinished bundle's; cache: where files are kept; threads: at work at once.
    """

    def __init__(
        self,
        folder: Path,
        format_: Format,
        cache: TrackCache,
        threads: int,
        progress: ProgressReporter,
        cancel: Cancel,
    ) -> None:
        self.session = f"session{format_.suffix}"
        self._folder = folder
        self._format = format_
        self._cache = cache
        self._pool = JobPool(threads, cancel)
        self._progress = progress
        self._measured: dict[str, TrackMeasures] = {}
        self._beds: dict[int, str] = {}
        self._lock = threading.Lock()

    def render(
        self,
        jobs: Sequence[TrackJob],
        also: Sequence[OneFile] = (),
        meanwhile: Callable[[], None] = _nothing,
    ) -> SessionLoudness:
        """Write every track's file and the session's; return the session's loudness.

        also: further files to write; meanwhile: is called once, by whoever first finds nothing
        left to encode. Raises SoundError, StoreError, VoiceError (a clip that was lost), Cancelled.
        """
        parts = [job for job in jobs if job.in_session]
        session = OneFile(self.session, tuple(parts), self._format)
        files = also if self._format.join else (session, *also)
        self._begin(jobs, sum(job.frames for job in jobs) + sum(file.frames for file in files))
        tracks: list[Job] = [partial(self._track, job) for job in _in_order(jobs)]
        self._pool.run([*(partial(self._one_file, file) for file in files), *tracks, meanwhile])
        for job in jobs:
            self.prepared(job)  # loops that nobody had to make
        self._progress.begin("joining", 1)
        if self._format.join:
            joined = [self._folder / job.path for job in parts]
            self._format.join(joined, self._folder / self.session)
        self._progress.add("joining", 1, self.session)
        return _loudness([self._measured[job.path] for job in parts])

    def render_track(self, job: TrackJob) -> None:
        """Write one track's file, and keep it in the cache."""
        self._begin([job], job.frames)
        self._pool.run([partial(self._track, job)])
        self.prepared(job)

    def go_on(self) -> None:
        """Raise when a job had better end."""
        self._pool.go_on()

    def prepared(self, job: TrackJob) -> None:
        """Count a track's soundscape as ready."""
        with self._lock:
            name = self._beds.pop(id(job.mix.bed), None)
        if name is not None:
            self._progress.add("loops", 1, name)

    def mixed(self, job: TrackJob, frames: int) -> None:
        """Count samples as mixed."""
        self._progress.add("mixing", frames, job.title)

    def encoded(self, job: TrackJob, frames: int) -> None:
        """Count samples as encoded."""
        self._progress.add("encoding", frames, job.title)

    def finished(self, job: TrackJob, path: Path, measures: TrackMeasures) -> None:
        """Keep a track's file and its measures."""
        self._cache.keep(job.key, path, measures, private=job.keys.private())
        self._measured[job.path] = measures

    def _begin(self, jobs: Sequence[TrackJob], frames: int) -> None:
        for job in jobs:
            (self._folder / job.path).parent.mkdir(exist_ok=True)
        beds = {id(job.mix.bed): job.bed_name for job in jobs if job.mix.bed is not None}
        self._beds = beds
        self._progress.begin("loops", len(beds))
        self._progress.begin("mixing", frames)
        self._progress.begin("encoding", frames)

    def _track(self, job: TrackJob) -> Iterable[Job] | None:
        """Fetch a track; or begin to make it, and return the jobs that do."""
        self.go_on()
        path = self._folder / job.path
        kept = self._cache.track(job.key, path, private=job.keys.private())
        if kept is None:
            return TrackRenderer(job, path, self._format, self._cache, self).begin()
        self.mixed(job, job.frames)
        self.encoded(job, job.frames)
        self._measured[job.path] = kept
        return None

    def _one_file(self, file: OneFile) -> None:
        encode_one(file, self._folder / file.path, self._cache, self)


def _in_order(jobs: Sequence[TrackJob]) -> list[TrackJob]:
    """Put the longest first, so that no core is left with it at the end.

    Before them goes the longest of each soundscape: where loops must be made first, the others
    begin with what is heard over none, or over another.
    """
    longest_first = sorted(jobs, key=lambda job: -job.frames)
    leaders = {id(job.mix.bed): job for job in reversed(longest_first)}.values()
    ahead = sorted(leaders, key=lambda job: (job.mix.bed is None, -job.frames))
    # A dict keeps what was first: those that go ahead are not there twice.
    return list({job.path: job for job in (*ahead, *longest_first)}.values())


def _loudness(tracks: Sequence[TrackMeasures]) -> SessionLoudness:
    """Return the session's loudness from its tracks' energies end to end."""
    mix = _end_to_end([track.mix for track in tracks])
    return SessionLoudness(
        integrated=_finite(integrated(mix)),
        speech=_finite(integrated(_end_to_end([track.voice for track in tracks]))),
        true_peak=_finite(max((track.true_peak_db for track in tracks), default=-math.inf)),
    )


def _end_to_end(tracks: list[Energies]) -> Energies:
    return np.concatenate([np.zeros(0), *tracks])


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
