"""Generators of water that runs, laps and rolls: stream, laps, sea."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE
from serguide.soundscapes.layers import grains, noise
from serguide.soundscapes.layers.model import Amount, Layer


class Stream(Layer):
    """A river or brook: a steady body, a ripple above it, and small bubbles."""

    sound: Literal["stream"]
    brightness: Amount = 0.4
    """0 a wide dark river, 1 a clear brook over stones."""
    bubbles: Amount = 0.4
    """How much single bubbles can be heard."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of running water."""
        top = 1_400.0 * 2.0 ** (1.4 * self.brightness)
        water = noise.stereo_noise(rng, noise.band(frames, 180.0, top, tilt=-3.0), frames, 0.7)
        water *= noise.gains(noise.drift(rng, frames, 0.4), 1.0)[:, None]
        ripple = noise.stereo_noise(rng, noise.band(frames, 1_200.0, 5_500.0), frames, 0.8)
        ripple *= noise.gains(noise.drift(rng, frames, 3.0), 4.0)[:, None]
        water += ripple * np.float32(0.08 + 0.22 * self.brightness)
        if self.bubbles:
            water += _bubbles(rng, frames) * np.float32(0.45 * self.bubbles)
        return water


def _bubbles(rng: np.random.Generator, frames: int) -> Block:
    # A bubble rings at a pitch set by its size, and rises as it nears the surface
    # (Minnaert 1933; van den Doel 2005). Many quiet ones at unrelated pitches make no tune.
    loop = np.zeros((frames, 2), np.float32)
    times = grains.seconds_axis(0.14)
    for at in grains.moments(rng, frames, 30.0):
        pitch = 380.0 * 2.0 ** (2.0 * float(rng.random()))
        decay = 9.0 / pitch + 0.004
        sweep = 2.0 * np.pi * pitch * (times + (0.8 + 1.2 * float(rng.random())) * times**2)
        ring = np.sin(sweep) * grains.plucked(times, 0.008, decay)
        loudness = np.exp(0.5 * float(rng.standard_normal()))
        left, right = grains.pan(rng, 0.8)
        grains.add(loop, at, ring.astype(np.float32), left * loudness, right * loudness)
    return noise.unit(loop)


class Laps(Layer):
    """Small waves that lap at wood or stone, every few seconds."""

    sound: Literal["laps"]
    every: Annotated[float, Field(ge=0.5, le=10.0, allow_inf_nan=False)] = 1.8
    """Seconds from one to the next, on average."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of lapping water."""
        envelope = np.full((frames, 2), 0.25, np.float32)
        for at in grains.moments(rng, frames, 1.0 / self.every):
            length = self.every * (0.9 + 0.7 * float(rng.random()))
            left, right = grains.pan(rng, 0.6)
            loudness = 0.8 + 0.4 * float(rng.random())
            grains.add(envelope, at, grains.swell(length, 0.3), left * loudness, right * loudness)
        water = noise.stereo_noise(rng, noise.band(frames, 160.0, 750.0, tilt=-2.0), frames, 0.4)
        water *= noise.gains(noise.drift(rng, frames, 7.0), 3.0)[:, None]
        water *= envelope
        return water


class Sea(Layer):
    """A slow sea at some distance: the wash swells and draws back, the deep goes on."""

    sound: Literal["sea"]
    every: Annotated[float, Field(ge=6.0, le=20.0, allow_inf_nan=False)] = 10.0
    """Seconds from wave to wave; slower is calmer."""
    distance: Amount = 0.6
    """0 at the water's edge, 1 far out."""

    def render(self, rng: np.random.Generator, frames: int) -> Block:
        """Return one loop of waves."""
        deep = noise.stereo_noise(rng, noise.band(frames, 70.0, 380.0, tilt=-2.0), frames, 0.6)
        deep *= noise.gains(noise.drift(rng, frames, 0.15), 0.8)[:, None]
        waves = self._waves(rng, frames)
        wash = noise.stereo_noise(rng, noise.band(frames, 250.0, 1_700.0, tilt=-3.0), frames, 0.7)
        wash *= noise.gains(waves[:, 0], 2.2)[:, None]
        foam = noise.stereo_noise(rng, noise.band(frames, 1_800.0, 6_500.0), frames, 0.9)
        foam *= noise.gains(waves[:, 1], 7.0)[:, None]
        deep += wash * np.float32(0.9)
        deep += foam * np.float32(0.16 * (1.15 - self.distance))
        return deep

    def _waves(self, rng: np.random.Generator, frames: int) -> Block:
        # Movements between -1 and 1: of the wash, and of the foam that follows as it draws back.
        loop = np.zeros((frames, 2), np.float32)
        count = max(2, round(frames / SAMPLERATE / self.every))
        length = frames / SAMPLERATE / count
        wash, foam = grains.swell(1.35 * length, 0.45), grains.swell(1.25 * length, 0.3)
        for wave in range(count):
            at = (wave + 0.16 * (float(rng.random()) - 0.5)) * length * SAMPLERATE
            later = at + 0.3 * length * SAMPLERATE
            height = 0.85 + 0.3 * float(rng.random())
            grains.add(loop, int(at) % frames, wash, height, 0.0)
            grains.add(loop, int(later) % frames, foam, 0.0, height)
        loop *= 2.0 / loop.max(axis=0)
        loop -= 1.0
        return loop
