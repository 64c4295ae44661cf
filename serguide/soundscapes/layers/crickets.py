"""Generator of crickets on a summer evening."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE
from serguide.soundscapes.layers import grains, noise
from serguide.soundscapes.layers.model import Layer

_PULSE = 0.022
"""Seconds that one stroke of the wings sounds; soft at both ends."""


class Crickets(Layer):
    """Several crickets, each at its own place, pitch and tempo, and a far choir."""

    sound: Literal["crickets"]
    singers: Annotated[int, Field(ge=1, le=12)] = 6
    """How many sing near by."""
    pitch: Annotated[float, Field(ge=1_800.0, le=4_500.0, allow_inf_nan=False)] = 2_900.0
    """Hz that they sing at, about."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of crickets."""
        loop = np.zeros((frames, 2), np.float32)
        for _ in range(self.singers):
            self._sing(rng, loop)
        near = noise.unit(loop)
        magnitudes = noise.band(frames, self.pitch * 0.85, self.pitch * 1.15)
        choir = noise.stereo_noise(rng, magnitudes, frames, 0.9)
        choir *= noise.gains(noise.drift(rng, frames, 12.0), 4.0)[:, None]
        near += choir * np.float32(0.5)
        return near

    def _sing(self, rng: np.random.Generator, loop: Block) -> None:
        chance = rng.random(4)
        hz = self.pitch * (0.9 + 0.2 * chance[0])
        chirp = self._chirp(hz, strokes=2 + int(3 * chance[1]))
        loudness = 0.4 + 0.6 * chance[2]
        left, right = grains.pan(rng, 0.9)
        for at in grains.moments(rng, loop.shape[0], 0.9 + 0.9 * chance[3], chance=0.3):
            grains.add(loop, at, chirp, left * loudness, right * loudness)

    def _chirp(self, hz: float, strokes: int) -> noise.Signal:
        gap = int(0.036 * SAMPLERATE)
        times = grains.seconds_axis(_PULSE)
        stroke = np.sin(2.0 * np.pi * hz * times) * grains.swell(_PULSE, 0.5)[: times.size]
        found = np.zeros(gap * strokes, np.float32)
        for index in range(strokes):
            begin = index * gap
            found[begin : begin + times.size] += stroke * (0.6 + 0.4 * index / strokes)
        return found
