"""Gain that moves to its target smoothly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from serguide.base.units import SAMPLERATE

SHORTEST = round(0.03 * SAMPLERATE)
"""Samples that any change of gain takes at least: 30 ms."""


class Ramp:
    """Move a linear gain along half a cosine, whose slope is 0 at both ends."""

    def __init__(self, gain: float) -> None:
        self._start = self.target = gain
        self._done = self._length = 0

    @property
    def left(self) -> int:
        """Return the samples until the target is reached."""
        return self._length - self._done

    @property
    def gain(self) -> float:
        """Return the gain of the next sample."""
        return float(self._at(np.array([self._done]))[0])

    def to(self, target: float, samples: int) -> None:
        """Move from here to a gain, within `samples`, at least SHORTEST."""
        if target == self.target:
            return
        self._start, self.target = self.gain, target
        self._done, self._length = 0, max(SHORTEST, samples)

    def next(self, frames: int) -> npt.NDArray[np.float32]:
        """Return the gains of the next frames, shape (frames, 1)."""
        gains = self._at(np.arange(self._done, self._done + frames))
        self._done = min(self._done + frames, self._length)
        return gains.astype(np.float32).reshape(-1, 1)

    def _at(self, positions: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        if not self._length:
            return np.full(len(positions), self.target)
        way = 0.5 - 0.5 * np.cos(np.pi * np.minimum(positions / self._length, 1.0))
        return self._start + (self.target - self._start) * way
