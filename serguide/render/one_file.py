"""Encode tracks one after another into one file, or fetch it where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.audio.mix import CHANNELS, STEMS, speech_gain
from serguide.encode.base import Format
from serguide.render.track import TrackWatch
from serguide.render.track_cache import TrackCache, TrackJob, session_key


@dataclass(frozen=True, slots=True)
class OneFile:
    """Name a file of a bundle's folder, the tracks that it is made of, and its format.

    stems: voice and bed of each track lie apart in it, as TrackMix.stems gives them.
    """

    path: str
    jobs: tuple[TrackJob, ...]
    format: Format
    stems: bool = False

    @property
    def frames(self) -> int:
        """Return its length in samples."""
        return sum(job.frames for job in self.jobs)


def encode_one(file: OneFile, path: Path, cache: TrackCache, watch: TrackWatch) -> None:
    """Write a file to `path`: as it is kept, or all its tracks mixed once more for an encoder.

    watch: hears of every block. Raises SoundError, StoreError, VoiceError, Cancelled.
    """
    key = session_key(file.jobs, file.format, stems=file.stems)
    private = any(job.keys.private() for job in file.jobs)
    if cache.file(key, path, private=private):
        for job in file.jobs:
            watch.mixed(job, job.frames)
            watch.encoded(job, job.frames)
        return
    with file.format.open(path, STEMS if file.stems else CHANNELS) as encoder:
        for job in file.jobs:
            gain = speech_gain(job.mix.voice_energies())
            mix = job.mix.stems if file.stems else job.mix.blocks
            for block in mix(gain, file.format.headroom_db):
                watch.go_on()
                watch.mixed(job, block.shape[0])
                encoder.write(block)
                watch.encoded(job, block.shape[0])
    cache.keep_file(key, path, private=private)
