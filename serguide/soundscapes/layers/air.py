"""Generators of moving air: wind in trees, and the plain hush of a closed space or a night."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from serguide.audio.types import Block
from serguide.soundscapes.layers import noise
from serguide.soundscapes.layers.model import Amount, Layer


class Wind(Layer):
    """Wind in the crowns of trees: it comes and goes, and takes its colour along."""

    sound: Literal["wind"]
    gusts: Amount = 0.5
    """0 an even breeze, 1 clearly coming and going."""
    leaves: Amount = 0.4
    """How much needles or leaves whisper in it."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of wind."""
        gust = noise.drift(rng, frames, 0.11)
        body = noise.stereo_noise(rng, noise.band(frames, 140.0, 520.0, tilt=-2.0), frames, 0.6)
        body *= noise.gains(gust, 0.4 + 0.8 * self.gusts)[:, None]
        # A band with soft edges is what air makes in needles; a narrow one would whistle.
        sough = noise.stereo_noise(rng, noise.band(frames, 420.0, 1_300.0), frames, 0.7)
        sough *= noise.gains(gust, 0.6 + 1.8 * self.gusts)[:, None]
        whisper = noise.stereo_noise(rng, noise.band(frames, 1_800.0, 5_500.0), frames, 0.9)
        whisper *= noise.gains(gust + noise.drift(rng, frames, 0.9) * 0.5, 6.0 * self.gusts)[
            :, None
        ]
        body += sough * np.float32(0.55)
        body += whisper * np.float32(0.30 * self.leaves)
        return body


class Hush(Layer):
    """Plain noise between two frequencies: the air of a room, a far road, the night."""

    sound: Literal["hush"]
    low: Annotated[float, Field(ge=30.0, le=5_000.0, allow_inf_nan=False)] = 80.0
    """Hz where it begins."""
    high: Annotated[float, Field(ge=100.0, le=11_000.0, allow_inf_nan=False)] = 1_200.0
    """Hz where it ends."""
    tilt: Annotated[float, Field(ge=-12.0, le=3.0, allow_inf_nan=False)] = -4.0
    """dB an octave: -3 pink, -6 brown."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of noise."""
        magnitudes = noise.band(frames, self.low, self.high, tilt=self.tilt)
        hush = noise.stereo_noise(rng, magnitudes, frames, 0.7)
        hush *= noise.gains(noise.drift(rng, frames, 0.15), 0.8)[:, None]
        return hush
