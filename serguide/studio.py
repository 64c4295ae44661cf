"""Tracks are mixed, measured and encoded, and the session's one file is made of them."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from serguide.block import Block
from serguide.bundle.contents import Loudness
from serguide.progress import Report, Tally
from serguide.sound.encode.base import Encoder, Format
from serguide.sound.loudness import Energies, LoudnessMeter, integrated, measure
from serguide.sound.mix import CHANNELS, TrackMix, speech_gain
from serguide.sound.truepeak import TruePeakMeter
from serguide.timeline.model import TrackTimeline


@dataclass(frozen=True, slots=True)
class Take:
    """Name the file that a track goes into; in_session: it is a part of the session's one file."""

    track: TrackTimeline
    path: str
    in_session: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    mix: Energies
    voice: Energies
    true_peak_db: float


class _Stopped(Exception):  # noqa: N818  (ends a worker when another has failed; no one sees it)
    """Another track failed, or the user interrupted."""


class Studio:
    """Render the audio files of one bundle.

    folder: the unfinished bundle's; jobs: tracks at once, None for one a core. Where a format
    can join tracks without encoding again, tracks are rendered side by side; otherwise one
    after another, each block going to its track's encoder and the session's.
    """

    def __init__(self, folder: Path, format_: Format, jobs: int | None, report: Report) -> None:
        self.session = f"session{format_.suffix}"
        self._folder = folder
        self._format = format_
        self._jobs = jobs or os.cpu_count() or 1
        self._report = report
        self._stop = threading.Event()

    def render(self, takes: Sequence[Take], mixes: Sequence[TrackMix]) -> Loudness:
        """Write every take's file and the session's; return the session's loudness."""
        for take in takes:
            (self._folder / take.path).parent.mkdir(exist_ok=True)
        total = sum(take.track.frames for take in takes)
        self._mixing = Tally("mixing", 2 * total, self._report)
        self._encoding = Tally("encoding", total, self._report)
        if self._format.join:
            measured = self._side_by_side(takes, mixes)
            parts = [self._folder / take.path for take in takes if take.in_session]
            self._format.join(parts, self._folder / self.session)
        else:
            measured = self._one_by_one(takes, mixes)
        return _loudness([m for take, m in zip(takes, measured, strict=True) if take.in_session])

    def _side_by_side(self, takes: Sequence[Take], mixes: Sequence[TrackMix]) -> list[_Measured]:
        # The longest first, so that no core is left with it at the end.
        order = sorted(range(len(takes)), key=lambda index: -takes[index].track.frames)
        with ThreadPoolExecutor(min(self._jobs, len(takes))) as pool:
            futures = {
                index: pool.submit(self._take, takes[index], mixes[index], ()) for index in order
            }
            try:
                return [futures[index].result() for index in range(len(takes))]
            except BaseException:
                self._stop.set()
                failed = [f.exception() for f in futures.values() if not f.cancel()]
                real = [e for e in failed if e and not isinstance(e, _Stopped)]
                if real:
                    raise real[0] from None
                raise

    def _one_by_one(self, takes: Sequence[Take], mixes: Sequence[TrackMix]) -> list[_Measured]:
        with self._format.open(self._folder / self.session, CHANNELS) as session:
            return [
                self._take(take, mix, (session,) if take.in_session else ())
                for take, mix in zip(takes, mixes, strict=True)
            ]

    def _take(self, take: Take, mix: TrackMix, also: Sequence[Encoder]) -> _Measured:
        """Mix a track in two passes: what the voice needs, then the sound."""
        voice = measure(self._watched(mix.stereo_voice()), CHANNELS)
        gain = speech_gain(voice)
        meter, peak = LoudnessMeter(CHANNELS), TruePeakMeter(CHANNELS)
        with ExitStack() as stack:
            own = stack.enter_context(self._format.open(self._folder / take.path, CHANNELS))
            for block in self._watched(mix.blocks(gain, self._format.headroom_db)):
                meter.add(block)
                peak.add(block)
                for encoder in (own, *also):
                    encoder.write(block)
                self._encoding.add(block.shape[0])
        return _Measured(meter.result().energies, voice.energies * gain**2, peak.peak)

    def _watched(self, blocks: Iterator[Block]) -> Iterator[Block]:
        for block in blocks:
            if self._stop.is_set():
                raise _Stopped
            self._mixing.add(block.shape[0])
            yield block


def _loudness(tracks: Sequence[_Measured]) -> Loudness:
    """Return the session's loudness from its tracks' energies end to end."""
    empty = np.zeros(0)
    return Loudness(
        integrated=_finite(integrated(np.concatenate([empty, *(t.mix for t in tracks)]))),
        speech=_finite(integrated(np.concatenate([empty, *(t.voice for t in tracks)]))),
        true_peak=_finite(max((t.true_peak_db for t in tracks), default=-math.inf)),
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
