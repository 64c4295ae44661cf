"""Generators of rain, and of drops on what it falls on."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from serguide.audio.types import Block
from serguide.soundscapes.layers import grains, noise
from serguide.soundscapes.layers.model import Amount, Layer


class Rain(Layer):
    """The even hush of rain in the open."""

    sound: Literal["rain"]
    brightness: Amount = 0.4
    """0 rain behind a window, 1 rain on leaves close by."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of rain."""
        top = 3_500.0 * 2.0 ** (1.3 * self.brightness)
        hush = noise.stereo_noise(rng, noise.band(frames, 500.0, top, tilt=-2.0), frames, 0.85)
        hush *= noise.gains(noise.drift(rng, frames, 0.2), 0.9)[:, None]
        near = noise.stereo_noise(rng, noise.band(frames, 1_500.0, 6_000.0), frames, 0.9)
        near *= noise.gains(noise.drift(rng, frames, 9.0), 5.0)[:, None]
        hush += near * np.float32(0.12 + 0.2 * self.brightness)
        return hush


class Drops(Layer):
    """Drops on a roof over your head: many small soft knocks."""

    sound: Literal["drops"]
    rate: Annotated[float, Field(ge=1.0, le=120.0, allow_inf_nan=False)] = 45.0
    """Drops a second."""
    pitch: Annotated[float, Field(ge=120.0, le=1_200.0, allow_inf_nan=False)] = 330.0
    """Hz in the middle of the knocks: lower is a thick roof, higher is thin boards."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of drops."""
        loop = np.zeros((frames, 2), np.float32)
        times = grains.seconds_axis(0.09)
        for at in grains.moments(rng, frames, self.rate):
            grain = self._knock(rng, times)
            # Log-normal sizes, held below three times the middle one: no drop startles.
            size = min(3.0, np.exp(0.55 * float(rng.standard_normal())))
            left, right = grains.pan(rng, 0.8)
            grains.add(loop, at, grain, left * size, right * size)
        return noise.cleaned(loop)

    def _knock(self, rng: np.random.Generator, times: noise.Signal) -> noise.Signal:
        # A board answers with a short damped resonance and a little patter on top of it. Two
        # unrelated resonances keep a knock from being heard as a note.
        chance = rng.random(4)
        pitch = self.pitch * 2.0 ** (1.6 * chance[0] - 0.8)
        ring = np.sin(2.0 * np.pi * (pitch * times + chance[1]))
        ring += 0.6 * np.sin(2.0 * np.pi * (pitch * (1.5 + 0.4 * chance[2]) * times))
        patter = rng.standard_normal(times.size, dtype=np.float32)
        patter = (patter + np.roll(patter, 1) + np.roll(patter, 2)) * np.float32(0.18)
        found = ring * grains.plucked(times, 0.006, 0.008 + 0.010 * chance[3])
        found += patter * grains.plucked(times, 0.006, 0.006)
        knock: noise.Signal = found.astype(np.float32)
        return knock
