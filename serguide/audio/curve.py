"""Gain curves over time, planned ahead from a timeline and interpolated smoothly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block

Gains = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Point:
    """Say what the gain is at a sample, in dB."""

    at: int
    gain_db: float


class GainCurve:
    """Go from point to point in dB along half a cosine: no corner is heard, no step is steep."""

    def __init__(self, points: Sequence[Point]) -> None:
        if not points or any(b.at < a.at for a, b in pairwise(points)):
            raise ValueError("a gain curve needs points in order")
        self.points = tuple(points)
        self._positions = [point.at for point in self.points]

    def gains(self, start: int, end: int) -> Gains:
        """Return linear gains, float32: shape (end - start, 1), or (1, 1) where it stays."""
        index = bisect_right(self._positions, start)
        before, after = (
            self.points[max(0, index - 1)],
            self.points[min(index, len(self.points) - 1)],
        )
        if before.gain_db == after.gain_db and (end <= after.at or index == len(self.points)):
            return np.full((1, 1), 10.0 ** (before.gain_db / 20.0), np.float32)
        gains_db = np.empty(end - start)
        at = start
        while at < end:
            index = bisect_right(self._positions, at)
            if index == 0:
                stop, value = min(end, self._positions[0]), self.points[0].gain_db
                gains_db[at - start : stop - start] = value
            elif index == len(self.points):
                stop = end
                gains_db[at - start :] = self.points[-1].gain_db
            else:
                a, b = self.points[index - 1], self.points[index]
                stop = min(end, b.at)
                phase = (np.arange(at, stop) - a.at) * (np.pi / (b.at - a.at))
                rise = (1.0 - np.cos(phase)) / 2.0
                gains_db[at - start : stop - start] = a.gain_db + (b.gain_db - a.gain_db) * rise
            at = stop
        return np.power(10.0, gains_db / 20.0).astype(np.float32)[:, None]


def apply(block: Block, gains: Gains) -> None:
    """Turn a block up or down in place; gains: one for each frame, or one for all."""
    if gains.shape[0] == 1:
        block *= gains[0, 0]
        return
    # A column at a time: NumPy is slow at spreading one channel over two.
    for channel in range(block.shape[1]):
        block[:, channel] *= gains[:, 0]


def fades(start: int, end: int, *, first: int, last: int, fade_in: int, fade_out: int) -> Gains:
    """Return linear gains, shape (end - start, 1), of a sound that fades in and out.

    It is silent before sample `first` and from sample `last` on; between, it rises over fade_in
    and falls over fade_out samples along a squared sine.
    """
    at = np.arange(start, end)
    rise = np.clip((at - first) / max(fade_in, 1), 0.0, 1.0)
    fall = np.clip((last - 1 - at) / max(fade_out, 1), 0.0, 1.0)
    gains = (np.sin(rise * (np.pi / 2)) * np.sin(fall * (np.pi / 2))) ** 2
    return gains.astype(np.float32)[:, None]
