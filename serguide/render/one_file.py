"""Encode tracks one after another into one file, or fetch it where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from serguide.audio.mix import CHANNELS, speech_gain
from serguide.encode.base import Format
from serguide.render.track import TrackWatch
from serguide.render.track_cache import TrackCache, TrackJob, session_key


@dataclass(frozen=True, slots=True)
class OneFile:
    """Name a file of a bundle's folder, the tracks that it is made of, and its format."""

    path: str
    jobs: tuple[TrackJob, ...]
    format: Format

    @property
    def frames(self) -> int:
        """Return its length in samples."""
        return sum(job.frames for job in self.jobs)


def encode_one(file: OneFile, path: Path, cache: TrackCache, watch: TrackWatch) -> None:
    """Write a file to `path`: as it is kept, or all its tracks mixed once more for an encoder.

    watch: hears of every block. Raises SoundError, StoreError, VoiceError, Cancelled.
    """
    key = session_key(file.jobs, file.format)
    private = any(job.keys.private() for job in file.jobs)
    if cache.file(key, path, private=private):
        for job in file.jobs:
            watch.mixed(job, job.frames)
            watch.encoded(job, job.frames)
        return
    with file.format.open(path, CHANNELS) as encoder:
        for job in file.jobs:
            gain = speech_gain(job.mix.voice_energies())
            for block in job.mix.blocks(gain, file.format.headroom_db):
                watch.go_on()
                watch.mixed(job, block.shape[0])
                encoder.write(block)
                watch.encoded(job, block.shape[0])
    cache.keep_file(key, path, private=private)
