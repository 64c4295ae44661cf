"""Generator of a quiet drone: a few partials of one tone, breathing slowly."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE
from serguide.soundscapes.layers.model import Amount, Layer

# Ratio to the root and level in dB. Octaves and fifths alone: a third would set a mood.
_PARTIALS = ((1.0, 0.0), (1.5, -5.0), (2.0, -3.0), (3.0, -8.0), (4.0, -11.0), (6.0, -17.0))


class Drone(Layer):
    """Low partials that swell and fade at unrelated slow speeds."""

    sound: Literal["drone"]
    root: Annotated[float, Field(ge=55.0, le=220.0, allow_inf_nan=False)] = 110.0
    """Hz of the lowest partial."""
    movement: Amount = 0.5
    """0 still, 1 swelling."""
    brightness: Amount = 0.4
    """How much of the upper partials is heard."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of drone."""
        middle = np.zeros(frames // 8, np.complex64)  # up to 6 kHz
        side = np.zeros_like(middle)
        for place, (ratio, level) in enumerate(_PARTIALS):
            gain = 10.0 ** ((level + 8.0 * (self.brightness - 0.4) * place / 2.0) / 20.0)
            hz = self.root * ratio
            self._add(rng, middle, hz, frames, gain)
            if hz > 200.0:  # low partials stay in the middle, as low tones should
                self._add(rng, side, hz, frames, 0.5 * gain)
        found = np.empty((frames, 2), np.float32)
        found[:, 0] = np.fft.irfft(middle + side, frames)
        found[:, 1] = np.fft.irfft(middle - side, frames)
        return found

    def _add(
        self,
        rng: np.random.Generator,
        bins: np.ndarray[tuple[int], np.dtype[np.complex64]],
        hz: float,
        frames: int,
        gain: float,
    ) -> None:
        # A partial on a whole number of cycles a loop, with weak lines beside it: lines n bins
        # away make it swell n times a loop.
        center = round(hz * frames / SAMPLERATE)
        bins[center] += gain * np.exp(2j * np.pi * rng.random())
        for away in (-4, -3, -2, -1, 1, 2, 3, 4):
            bins[center + away] += 0.16 * self.movement * gain * np.exp(2j * np.pi * rng.random())
