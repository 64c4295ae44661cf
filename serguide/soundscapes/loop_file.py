"""Serialise loops for the cache: 16 bits a sample, each loop scaled to its own peak.

A bed plays 20 dB and more under speech, which lays the rounding more than 100 dB under it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from serguide.audio.types import Block

_COUNT = struct.Struct("<I")
_LOOP = struct.Struct("<If")  # frames, and what a whole number of 1 stands for


Loop = tuple[npt.NDArray[Any], np.float32]
"""Samples of shape (frames, 2), and what they are to be multiplied by."""


def packed(loops: Sequence[Block]) -> bytes:
    """Return stereo loops as bytes: shape (frames, 2), float32, at any level."""
    head = [_COUNT.pack(len(loops))]
    body = []
    for loop in loops:
        step = np.float32(max(float(np.abs(loop).max(initial=0.0)), 1e-9) / 32767.0)
        head.append(_LOOP.pack(loop.shape[0], step))
        body.append(np.rint(loop / step).astype("<i2").tobytes())
    return b"".join((*head, *body))


def unpacked(data: bytes) -> tuple[Loop, ...]:
    """Return the loops, still in 16 bits: they stay in memory for as long as a bed does."""
    (count,) = _COUNT.unpack_from(data)
    heads = [_LOOP.unpack_from(data, _COUNT.size + index * _LOOP.size) for index in range(count)]
    at = _COUNT.size + count * _LOOP.size
    loops: list[Loop] = []
    for frames, step in heads:
        whole = np.frombuffer(data, "<i2", 2 * frames, at).reshape(frames, 2)
        loops.append((whole, np.float32(step)))
        at += 4 * frames
    return tuple(loops)
