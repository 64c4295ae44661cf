"""Cut a stream of blocks into pieces of one length, whatever lengths it comes in.

Meters and the limiter work on a grid that starts at the stream's first sample, so that what
they find does not depend on how the stream was cut.
"""

from __future__ import annotations

import numpy as np

from serguide.audio.types import Block


class Chunks:
    """Collect blocks and give them back in whole pieces.

    frames: the length of a piece; channels: of every block.
    """

    def __init__(self, frames: int, channels: int) -> None:
        self._frames = frames
        self._channels = channels
        self._kept: list[Block] = []
        self._count = 0

    def push(self, block: Block) -> Block:
        """Take a block; return all whole pieces so far, end to end: (n x frames, channels).

        Raises ValueError for a block of another shape than (any, channels).
        """
        if block.ndim != 2 or block.shape[1] != self._channels:
            raise ValueError(f"expected a block of shape (frames, {self._channels})")
        self._kept.append(block)
        self._count += block.shape[0]
        if self._count < self._frames:
            # A copy: the caller may use its block's memory again.
            self._kept[-1] = block.copy()
            return block[:0]
        joined = self.rest()
        whole = joined.shape[0] // self._frames * self._frames
        if whole < joined.shape[0]:
            self._kept = [joined[whole:].copy()]
            self._count = joined.shape[0] - whole
        return joined[:whole]

    def rest(self) -> Block:
        """Return what is left, shorter than a piece, and forget it."""
        kept, self._kept, self._count = self._kept, [], 0
        if not kept:
            return np.zeros((0, self._channels), np.float32)
        return kept[0] if len(kept) == 1 else np.concatenate(kept)
