"""Source that plays sources one after another, without a gap."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import numpy as np

from serguide.audio.types import Block
from serguide.base.units import Samples
from serguide.player.audio.source import SampleSource


class Chain:
    """Play sources in sequence, each for as long as is told."""

    def __init__(self, links: Sequence[tuple[SampleSource, Samples]]) -> None:
        """Take (source, samples) in order; a source that is shorter ends in silence."""
        self._links = links
        self._starts = [0]
        for _, frames in links:
            self._starts.append(self._starts[-1] + frames)
        self.frames = Samples(self._starts[-1])
        self.position = Samples(0)

    def seek(self, position: int) -> None:
        """Go to a sample; beyond the end, nothing is left to read. Raises SoundError."""
        self.position = Samples(min(max(0, position), self.frames))
        if self.position < self.frames:
            number = self._at()
            self._links[number][0].seek(self.position - self._starts[number])

    def read(self, frames: int) -> Block:
        """Return the next frames, shape (frames, 2); fewer only at the end. Raises SoundError."""
        out = np.zeros((min(frames, self.frames - self.position), 2), np.float32)
        filled = 0
        while filled < len(out):
            number = self._at()
            wanted = min(len(out) - filled, self._starts[number + 1] - self.position)
            block = self._links[number][0].read(wanted)
            out[filled : filled + len(block)] = block
            filled += wanted
            self.position = Samples(self.position + wanted)
            if self.position == self._starts[number + 1] < self.frames:
                self._links[number + 1][0].seek(0)
        return out

    def close(self) -> None:
        """Let go of every source."""
        for source, _ in self._links:
            source.close()

    def _at(self) -> int:
        return bisect_right(self._starts, self.position) - 1


class Still:
    """Sound that is made in a thread of its own, while something else is heard."""

    def __init__(self, make: Callable[[], Block]) -> None:
        """Begin to make the sound, shape (frames, 2)."""
        made: Future[Block] = Future()
        self._made = made
        self.position = Samples(0)

        def begin() -> None:
            try:
                made.set_result(make())
            except Exception as error:
                made.set_exception(error)

        threading.Thread(target=begin, daemon=True).start()

    @property
    def frames(self) -> Samples:
        """Return how long it is, once it is made."""
        return Samples(len(self._made.result()))

    def seek(self, position: int) -> None:
        """Go to a sample; beyond the end, nothing is left to read."""
        self.position = Samples(max(0, position))

    def read(self, frames: int) -> Block:
        """Return the next frames, shape (frames, 2); fewer only at the end."""
        block = self._made.result()[self.position : self.position + frames]
        self.position = Samples(self.position + len(block))
        return block

    def close(self) -> None:
        """Do nothing."""
