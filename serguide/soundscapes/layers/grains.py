"""Scatter small sounds over a loop as if it were a circle, so that they wrap round its end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from serguide.audio.types import Block
from serguide.base.units import SAMPLERATE
from serguide.soundscapes.layers.noise import Signal

SOFTEST_ONSET = 0.006
"""Seconds that the quickest drip takes to rise; anything shorter is a tick."""


def moments(
    rng: np.random.Generator, frames: int, rate: float, *, chance: float = 1.0
) -> Iterator[int]:
    """Yield frames at which something happens: `rate` times a second, never in clumps.

    One moment falls in each of equally long stretches, anywhere in it for a chance of 1, near
    its beginning for less, so that it sounds like chance and still keeps an even level.
    """
    count = max(1, round(rate * frames / SAMPLERATE))
    stretch = frames / count
    for index, late in enumerate(rng.random(count) * chance):
        yield int((index + late) * stretch) % frames


def add(loop: Block, at: int, grain: Signal, left: float, right: float) -> None:
    """Add a grain to a loop at a frame, wrapped round its end.

    The grain may not be longer than the loop.
    """
    end = at + grain.size
    first = min(end, loop.shape[0]) - at
    sides = np.array([left, right], np.float32)
    loop[at : at + first] += grain[:first, None] * sides
    if first < grain.size:
        loop[: grain.size - first] += grain[first:, None] * sides


def pan(rng: np.random.Generator, spread: float) -> tuple[float, float]:
    """Return (left, right) gains of equal power for a place within ±spread of the middle.

    spread: 0 middle, 1 all the way to one side. Both are positive: nothing cancels in mono.
    """
    angle = (1.0 + spread * (2.0 * float(rng.random()) - 1.0)) * np.pi / 4.0
    return float(np.cos(angle)), float(np.sin(angle))


def seconds_axis(length: float) -> Signal:
    """Return the times of a grain's frames, in seconds: shape (frames,)."""
    found: Signal = (np.arange(int(length * SAMPLERATE)) / SAMPLERATE).astype(np.float32)
    return found


def plucked(times: Signal, onset: float, decay: float) -> Signal:
    """Return an envelope that rises in `onset` s, decays by e in `decay` s, and ends at 0."""
    rise = np.sin(np.minimum(times / max(onset, SOFTEST_ONSET), 1.0) * np.pi / 2.0) ** 2
    left = times[-1] - times
    close = np.sin(np.minimum(left / SOFTEST_ONSET, 1.0) * np.pi / 2.0) ** 2
    found: Signal = (rise * np.exp(-times / decay) * close).astype(np.float32)
    return found


def swell(length: float, crest: float = 0.4) -> Signal:
    """Return an envelope that rises to 1 at `crest` of its length and falls again to 0."""
    phase = np.linspace(0.0, 1.0, int(length * SAMPLERATE), endpoint=False)
    turned = np.where(phase < crest, phase / crest, 1.0 + (phase - crest) / (1.0 - crest)) / 2.0
    found: Signal = (np.sin(turned * np.pi) ** 2).astype(np.float32)
    return found
