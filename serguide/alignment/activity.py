"""Find speech and pauses in a take, by the energy of speech's band."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.over_music import speech_over_music
from serguide.alignment.take_sound import HOP, RATE, TakeSound

_WINDOW: Final = 400  # samples; 25 ms
_BANDS: Final = (slice(5, 128), slice(128, 240))
"""Bins of 512 samples: 150 Hz to 4 kHz, where speech is and rumble is not; hisses, to 7.5 kHz."""

_NEAR: Final = 1_000  # frames around a frame that tell its background: 10 s on either side
_STEP: Final = 100  # frames between two looks at the background
_OVER_FLOOR: Final = 4.0  # dB over a steady background that is speech
_UNSTEADY: Final = 2.5  # times what a background moves by
_TRAILS: Final = 2.0  # dB over the background of what trails speech
_UNDER_SPEECH: Final = 38.0  # dB under loud speech that is none
_LEADS, _TRAIL = 5, 25  # frames that soft sounds may add before and after speech
_GAP: Final = 6  # frames; a shorter hole in speech is none
_BLIP: Final = 4  # frames; shorter sound is no speech
_PIECE: Final = 6_000  # frames that are analysed at once


Levels = npt.NDArray[np.float32]
"""A level in dB relative to full scale for every 10 ms, shape (frames,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """Hold, for every 10 ms of a take: level and background in dB, and whether someone speaks."""

    level: Levels
    floor: Levels
    speech: npt.NDArray[np.bool_]

    def runs(self) -> list[tuple[float, float]]:
        """Return start and end of each stretch of speech, in seconds."""
        edges = np.flatnonzero(np.diff(np.concatenate(([0], self.speech.astype(np.int8), [0]))))
        return [(a / 100, b / 100) for a, b in edges.reshape(-1, 2).tolist()]

    def runs_near(self, start: float, end: float) -> list[tuple[float, float]]:
        """Return the stretches of speech between two places, cut off there, in seconds."""
        first = max(0, round(start * 100))
        mask = self.speech[first : max(first, round(end * 100))].astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], mask, [0])))) + first
        return [(a / 100, b / 100) for a, b in edges.reshape(-1, 2).tolist()]

    @property
    def seconds(self) -> float:
        """Return how long the take lasts."""
        return len(self.speech) / 100

    def pauses(self) -> list[tuple[float, float]]:
        """Return start and end of each pause, in seconds, also before and after all speech."""
        ends = [0.0, *(edge for run in self.runs() for edge in run), len(self.speech) / 100]
        return [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if b > a]


def listen(sound: TakeSound) -> Activity:
    """Return where a take has speech. The background is learnt around each place."""
    low, high = _levels(sound)
    if not low.size:
        return Activity(low, low, np.zeros(0, np.bool_))
    floor, limit = _limits(low)
    hiss_floor, hiss_limit = _limits(high)
    over = np.maximum(_mild(low) - floor, _mild(high) - hiss_floor)
    speech = _smooth((_mild(low) > limit) | (_mild(high) > hiss_limit))
    speech = _extended(speech, over > _TRAILS)
    return Activity(low, floor, _smooth(speech_over_music(sound, low, speech)))


def _limits(level: Levels) -> tuple[Levels, Levels]:
    """Return the background of each frame, and the level over which it is speech, in dB."""
    places = np.arange(0, level.size, _STEP)
    found = np.full((places.size, 4), -100.0)
    for index, place in enumerate(places):
        near = level[max(0, place - _NEAR) : place + _NEAR]
        heard = near[near > -100.0]
        if heard.size:
            found[index] = np.quantile(heard, (0.04, 0.1, 0.2, 0.95))
    frames = np.arange(level.size)
    still, floor, lively, loud = (
        np.interp(frames, places, found[:, each]).astype(np.float32) for each in range(4)
    )
    over = np.clip(_UNSTEADY * (lively - still), _OVER_FLOOR, np.maximum((loud - floor) / 2, 4.0))
    return floor, np.maximum(np.maximum(floor + over, loud - _UNDER_SPEECH), -75.0)


def _mild(level: Levels) -> Levels:
    """Return the mean of three frames."""
    padded = np.pad(level, 1, mode="edge")
    mean: Levels = (padded[:-2] + padded[1:-1] + padded[2:]) / np.float32(3.0)
    return mean


def _extended(speech: npt.NDArray[np.bool_], soft: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return speech with the soft sounds that lead into it and trail it."""
    steps = np.diff(np.concatenate(([False], speech, [False])).astype(np.int8))
    wide = speech.copy()
    for first in np.flatnonzero(steps == 1).tolist():
        at = first
        while at > max(0, first - _LEADS) and soft[at - 1]:
            at -= 1
        wide[at:first] = True
    for last in np.flatnonzero(steps == -1).tolist():
        at = last
        while at < min(speech.size, last + _TRAIL) and soft[at]:
            at += 1
        wide[last:at] = True
    return wide


def _levels(sound: TakeSound) -> tuple[Levels, Levels]:
    """Return the levels of both bands in dB of every 10 ms, centred on it."""
    frames = int(sound.seconds * RATE) // HOP
    window = np.hanning(_WINDOW).astype(np.float32)
    scale = 2.0 / float(np.sum(window**2)) / 512
    found: list[list[Levels]] = [[], []]
    margin = (_WINDOW - HOP) // 2
    for first in range(0, frames, _PIECE):
        count = min(_PIECE, frames - first)
        start = (first * HOP - margin) / RATE
        samples = sound.floats(max(0.0, start), (first + count) * HOP / RATE + 0.02)
        samples = np.concatenate((np.zeros(margin if start < 0 else 0, np.float32), samples))
        need = (count - 1) * HOP + _WINDOW
        samples = np.pad(samples, (0, max(0, need - samples.size)))[:need]
        windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::HOP]
        power = np.abs(np.fft.rfft(windows * window, 512)) ** 2
        for band, kept in zip(_BANDS, found, strict=True):
            energy = power[:, band].sum(axis=1) * scale + 1e-11
            kept.append((10 * np.log10(energy)).astype(np.float32))
    none = np.zeros(0, np.float32)
    return np.concatenate((none, *found[0])), np.concatenate((none, *found[1]))


def _smooth(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Drop blips, close holes."""
    for value, shortest in ((False, _GAP), (True, _BLIP)):
        edges = np.flatnonzero(np.diff(mask.astype(np.int8))) + 1
        bounds = [0, *edges.tolist(), mask.size]
        for a, b in itertools.pairwise(bounds[1:-1]):
            if mask[a] == value and b - a < shortest:
                mask[a:b] = not value
    return mask
