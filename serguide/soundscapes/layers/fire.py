"""Generators of a fire in the hearth: flames, crackle."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from serguide.audio.types import Block
from serguide.soundscapes.layers import grains, noise
from serguide.soundscapes.layers.model import Amount, Layer


class Flames(Layer):
    """The low flutter of flames."""

    sound: Literal["flames"]
    liveliness: Amount = 0.4
    """0 embers, 1 a bright fire."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of flames."""
        body = noise.stereo_noise(rng, noise.band(frames, 70.0, 420.0, tilt=-3.0), frames, 0.6)
        body *= noise.gains(noise.drift(rng, frames, 5.0), 1.5 + 3.0 * self.liveliness)[:, None]
        breath = noise.stereo_noise(rng, noise.band(frames, 350.0, 2_200.0, tilt=-4.0), frames, 0.8)
        breath *= noise.gains(noise.drift(rng, frames, 1.2), 1.0 + 3.0 * self.liveliness)[:, None]
        body += breath * np.float32(0.30 + 0.3 * self.liveliness)
        return body


class Crackle(Layer):
    """Small soft crackles of wood."""

    sound: Literal["crackle"]
    rate: Annotated[float, Field(ge=0.5, le=30.0, allow_inf_nan=False)] = 9.0
    """Crackles a second."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of crackle."""
        loop = np.zeros((frames, 2), np.float32)
        times = grains.seconds_axis(0.05)
        for at in grains.moments(rng, frames, self.rate):
            chance = rng.random(3)
            spark = rng.standard_normal(times.size, dtype=np.float32)
            # A moving sum of n samples darkens the spark; each piece of wood is its own size.
            length = 4 + int(14 * chance[0])
            spark = np.convolve(spark, np.full(length, 1.0 / np.sqrt(length)), mode="same")
            spark *= grains.plucked(times, 0.006, 0.003 + 0.007 * chance[1])
            size = min(1.8, np.exp(0.5 * float(rng.standard_normal())))
            left, right = grains.pan(rng, 0.7)
            grains.add(loop, at, spark.astype(np.float32), left * size, right * size)
        return noise.cleaned(loop)
