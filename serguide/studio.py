"""Tracks are mixed, measured and encoded, and the session's one file is made of them.

Each track is a unit of work of its own: it is fetched from the store when it was made before,
and else made, several at a time. Where a format can join tracks by their frames, so is the
session's file; otherwise it is encoded beside the tracks, in a pass of its own.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np

from serguide.block import Block
from serguide.bundle.contents import Loudness
from serguide.bundle.waveform import waveform
from serguide.progress import Report, Tally
from serguide.sound.encode.base import Format
from serguide.sound.loudness import Energies, LoudnessMeter, integrated
from serguide.sound.mix import CHANNELS, TrackMix, speech_gain
from serguide.sound.recall import Recall
from serguide.sound.truepeak import TruePeakMeter
from serguide.takes import Measured, Shelf, Take, session_key


def cores() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Stopped(Exception):  # noqa: N818  (ends a worker when another has failed; no one sees it)
    """Another track failed, or the user interrupted."""


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
        self._jobs = jobs or cores()
        self._report = report
        self._stop = threading.Event()

    def render(self, takes: Sequence[Take]) -> Loudness:
        """Write every take's file and the session's; return the session's loudness."""
        for take in takes:
            (self._folder / take.path).parent.mkdir(exist_ok=True)
        parts = [take for take in takes if take.in_session]
        twice = [] if self._format.join else parts
        total = sum(take.frames for take in (*takes, *twice))
        self._mixing = Tally("mixing", 2 * total, self._report)
        self._encoding = Tally("encoding", total, self._report)
        with self._workers() as pool:
            extra = [pool.submit(self._encode_session, twice)] if twice else []
            # The longest first, so that no core is left with it at the end.
            order = sorted(takes, key=lambda take: -take.frames)
            futures = {take.path: pool.submit(self._take, take) for take in order}
            _settle([*extra, *(futures[take.path] for take in takes)])
            measured = [futures[take.path].result() for take in takes]
        if self._format.join:
            files = [self._folder / take.path for take in parts]
            self._format.join(files, self._folder / self.session)
        return _loudness([m for take, m in zip(takes, measured, strict=True) if take.in_session])

    @contextlib.contextmanager
    def _workers(self) -> Iterator[ThreadPoolExecutor]:
        """Give threads; what is going on in them ends when the block is left by an exception."""
        with ThreadPoolExecutor(self._jobs) as pool:
            try:
                yield pool
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _take(self, take: Take) -> Measured:
        """Fetch a track, or make it."""
        path = self._folder / take.path
        try:
            self._go_on()
            kept = self._shelf.take(take.key, path)
            if kept is not None:
                self._mixing.add(2 * take.frames)
                self._encoding.add(take.frames)
                return kept
            measured = self._encode_track(take.mix, path)
            self._shelf.keep(take.key, path, measured)
        except BaseException:
            self._stop.set()
            raise
        return measured

    def _encode_track(self, mix: TrackMix, path: Path) -> Measured:
        """Mix and encode a track in two passes: what the voice needs, then the sound."""
        mix = dataclasses.replace(mix, clip_of=Recall(mix.clip_of))
        voice = mix.voice_energies(self._watched)
        gain = speech_gain(voice)
        meter, peak = LoudnessMeter(CHANNELS), TruePeakMeter(CHANNELS)
        with self._format.open(path, CHANNELS) as encoder:
            for block in self._watched(mix.blocks(gain, self._format.headroom_db)):
                meter.add(block)
                peak.add(block)
                encoder.write(block)
                self._encoding.add(block.shape[0])
        return Measured(meter.result().energies, voice * gain**2, peak.peak)

    def _encode_session(self, takes: list[Take]) -> None:
        """Fetch the session's one file, or mix all tracks once more for an encoder of its own."""
        path, key = self._folder / self.session, session_key(takes, self._format)
        try:
            if self._shelf.file(key, path):
                total = sum(take.frames for take in takes)
                self._mixing.add(2 * total)
                self._encoding.add(total)
                return
            with self._format.open(path, CHANNELS) as encoder:
                for take in takes:
                    gain = speech_gain(take.mix.voice_energies(self._watched))
                    for block in self._watched(take.mix.blocks(gain, self._format.headroom_db)):
                        encoder.write(block)
                        self._encoding.add(block.shape[0])
            self._shelf.keep_file(key, path)
        except BaseException:
            self._stop.set()
            raise

    def _watched(self, blocks: Iterator[Block]) -> Iterator[Block]:
        for block in blocks:
            self._go_on()
            self._mixing.add(block.shape[0])
            yield block

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise _Stopped


def _settle(futures: Sequence[Future[Any]]) -> None:
    """Wait until all is done; when something fails, for the others to stop, and raise why."""
    wait(futures, return_when=FIRST_EXCEPTION)
    if any(future.done() and future.exception() for future in futures):
        wait(futures)
        errors = [error for future in futures if (error := future.exception())]
        raise next((error for error in errors if not isinstance(error, _Stopped)), errors[0])


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
