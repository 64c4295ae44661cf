"""Loops as bytes, to be kept: 16 bits a sample, each loop scaled to its own peak.

A bed plays 20 dB and more under speech, which lays the rounding more than 100 dB under it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from serguide.block import Block

_COUNT = struct.Struct("<I")
_LOOP = struct.Struct("<If")  # frames, and what a whole number of 1 stands for


def packed(loops: Sequence[Block]) -> bytes:
    """Return stereo loops as bytes: shape (frames, 2), float32, at any level."""
    head = [_COUNT.pack(len(loops))]
    body = []
    for loop in loops:
        step = np.float32(max(float(np.abs(loop).max(initial=0.0)), 1e-9) / 32767.0)
        head.append(_LOOP.pack(loop.shape[0], step))
        body.append(np.rint(loop / step).astype("<i2").tobytes())
    return b"".join((*head, *body))


def unpacked(data: bytes) -> tuple[Block, ...]:
    """Return the loops, read-only."""
    (count,) = _COUNT.unpack_from(data)
    heads = [_LOOP.unpack_from(data, _COUNT.size + index * _LOOP.size) for index in range(count)]
    at = _COUNT.size + count * _LOOP.size
    loops = []
    for frames, step in heads:
        whole = np.frombuffer(data, "<i2", 2 * frames, at).reshape(frames, 2)
        loop = np.multiply(whole, np.float32(step), dtype=np.float32)
        loop.setflags(write=False)
        loops.append(loop)
        at += 4 * frames
    return tuple(loops)
