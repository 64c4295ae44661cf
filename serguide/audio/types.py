"""Sound types: Block (an array of samples) and Clip (a short sound in memory), and sizes.

A Block is a NumPy array of shape (frames, channels), float32, always two-dimensional, at
SAMPLERATE unless something says otherwise; full scale is ±1.0. Every source, bed and mix is an
iterator of Blocks of BLOCK_FRAMES each, of which only the last may be shorter, so that layers
walk in step and memory does not grow with length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from serguide.base.units import MP3_FRAME, Samples

Block = npt.NDArray[np.float32]
"""Samples of shape (frames, channels), float32."""

BLOCK_FRAMES = 20 * MP3_FRAME
"""Frames in every block but the last: 480 ms, whole MP3 frames."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Hold one short sound in memory.

    samples: Block of shape (frames, channels); samplerate: in Hz.
    """

    samples: Block
    samplerate: int

    @property
    def frames(self) -> Samples:
        """Return the clip's length in frames."""
        return Samples(self.samples.shape[0])

    @property
    def channels(self) -> int:
        """Return the number of channels."""
        return int(self.samples.shape[1])


def spans(frames: int, first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the blocks that `frames` frames are cut into.

    first: where to begin, a whole number of blocks.
    """
    for start in range(first, frames, BLOCK_FRAMES):
        yield start, min(start + BLOCK_FRAMES, frames)
