"""Bring a clip of speech to the level that all clips have."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from serguide.audio.limiter import limit
from serguide.audio.loudness.k_weighting import PIECE
from serguide.audio.loudness.meter import measure
from serguide.audio.types import Block, spans
from serguide.base.units import Decibels, gain_of

SPEECH: Final = -18.0
"""LUFS, gated, of one channel (ITU-R BS.1770-4)."""

PEAK: Final = Decibels(-1.5)
"""dBTP."""

_NEAR: Final = 0.2  # LU
_ROUNDS: Final = 6
_MOMENT: Final = 4 * PIECE  # frames of the shortest sound that has a loudness


def speech_loudness(samples: Block) -> float:
    """Return the gated loudness of a clip, shape (frames, 1), in LUFS; -inf for silence.

    The gate leaves pauses out. A clip shorter than 400 ms is measured with silence around it.
    """
    short = max(0, _MOMENT - len(samples))
    short += -(len(samples) + short) % PIECE
    return measure([np.pad(samples, ((0, short), (0, 0)))], 1).integrated


def levelled(samples: Block) -> Block:
    """Return a clip at SPEECH by its speech, no true peak over PEAK; silence stays silence."""
    gain, found = 0.0, samples
    for _ in range(_ROUNDS):
        off = SPEECH - speech_loudness(found)
        if not math.isfinite(off) or abs(off) < _NEAR:
            return found
        gain += off
        found = _limited(samples * np.float32(gain_of(gain)))
    return found


def _limited(samples: Block) -> Block:
    blocks = (samples[start:end] for start, end in spans(len(samples)))
    return np.concatenate(list(limit(blocks, 1, PEAK))) if len(samples) else samples
