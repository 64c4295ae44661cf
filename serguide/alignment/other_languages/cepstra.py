"""Mel-frequency cepstra of speech (Davis and Mermelstein 1980), without its pauses."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.take_sound import RATE, Samples16

STEP: Final = RATE // 50
"""Samples of a frame: 20 ms."""

Cepstra = npt.NDArray[np.float32]
"""Cepstra and how they change, shape (frames, 24)."""

_WINDOW: Final = 512
_MELS: Final = 26
_KEPT: Final = 12
_PIECE: Final = 3_000  # frames at once


def cepstra(samples: Samples16) -> Cepstra:
    """Return cepstra 1 to 12 of every 20 ms, not yet normalised, shape (frames, 12)."""
    count = len(samples) // STEP
    emphasised = np.empty(count * STEP + _WINDOW, np.float32)
    emphasised[:] = 0.0
    emphasised[1 : len(samples)] = (samples[1:] - np.float32(0.97) * samples[:-1])[
        : emphasised.size - 1
    ]
    window = np.hamming(_WINDOW).astype(np.float32)
    found = []
    for first in range(0, count, _PIECE):
        last = min(count, first + _PIECE)
        piece = emphasised[first * STEP : last * STEP + _WINDOW]
        frames = np.lib.stride_tricks.sliding_window_view(piece, _WINDOW)[::STEP][: last - first]
        power = np.abs(np.fft.rfft(frames * window)) ** 2
        found.append((np.log(power @ _filters().T + 1e-7) @ _cosines().T).astype(np.float32))
    return np.concatenate(found) if found else np.zeros((0, _KEPT), np.float32)


def normalised(kept: Cepstra) -> Cepstra:
    """Return cepstra of mean 0 and variance 1, so that voice and microphone matter less."""
    if not len(kept):
        return np.zeros((0, 2 * _KEPT), np.float32)
    even = (kept - kept.mean(axis=0)) / (kept.std(axis=0) + 1e-3)
    padded = np.pad(even, ((2, 2), (0, 0)), mode="edge")
    change = (padded[4:] - padded[:-4]) + 0.5 * (padded[3:-1] - padded[1:-3])
    whole: Cepstra = np.concatenate((even, 0.5 * change), axis=1).astype(np.float32)
    return whole


@cache
def _filters() -> npt.NDArray[np.float64]:
    """Return triangles on the mel scale from 100 Hz to 7 kHz, shape (26, bins)."""
    first, last = (2595.0 * np.log10(1.0 + hertz / 700.0) for hertz in (100.0, 7000.0))
    mel = np.linspace(first, last, _MELS + 2)
    edges = 700.0 * (10.0 ** (mel / 2595.0) - 1.0) / RATE * _WINDOW
    bins = np.arange(_WINDOW // 2 + 1)[None, :]
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rise, fall = (bins - low) / (middle - low), (high - bins) / (high - middle)
    found: npt.NDArray[np.float64] = np.clip(np.minimum(rise, fall), 0.0, None)
    return found


@cache
def _cosines() -> npt.NDArray[np.float64]:
    """Return the rows of a discrete cosine transform that are kept, shape (12, 26)."""
    places = (np.arange(_MELS) + 0.5) * np.pi / _MELS
    found: npt.NDArray[np.float64] = np.cos(np.arange(1, _KEPT + 1)[:, None] * places[None, :])
    return found
