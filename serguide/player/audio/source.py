"""Source protocol: the sound that an engine plays, read in blocks from any position."""

from __future__ import annotations

from typing import Protocol

from serguide.audio.types import Block
from serguide.base.units import Samples


class SampleSource(Protocol):
    """Give stereo sound at SAMPLERATE, from any position on."""

    position: Samples
    """Where the next read begins."""

    @property
    def frames(self) -> Samples:
        """Return about how long it is."""
        ...

    def seek(self, position: int) -> None:
        """Go to a sample; beyond the end, nothing is left to read. Raises SoundError."""
        ...

    def read(self, frames: int) -> Block:
        """Return the next frames, shape (frames, 2); fewer only at the end. Raises SoundError."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...
