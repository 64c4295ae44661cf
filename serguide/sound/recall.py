"""Clips remembered from the pass that measures them to the pass that mixes them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from serguide.block import Clip
from serguide.script.program import Spoken

MOST_BYTES = 6 << 20
"""What one track's clips may take: a minute of speech; the rest is read twice."""


class Recall:
    """Give a clip, and remember it, in 16 bits, until it is asked for once more.

    Clips are whole numbers of 1/32768, as they come from the store, and nothing is lost.
    """

    def __init__(self, clip_of: Callable[[Spoken], Clip]) -> None:
        self._clip_of = clip_of
        self._kept: dict[Spoken, tuple[npt.NDArray[np.int16], int]] = {}
        self._bytes = 0

    def __call__(self, spoken: Spoken) -> Clip:
        """Return a sentence's clip."""
        kept = self._kept.pop(spoken, None)
        if kept is not None:
            whole, samplerate = kept
            self._bytes -= whole.nbytes
            return Clip(whole.astype(np.float32) / np.float32(32768.0), samplerate)
        clip = self._clip_of(spoken)
        size = 2 * clip.samples.size
        if self._bytes + size <= MOST_BYTES:
            whole = np.rint(clip.samples * np.float32(32768.0)).astype(np.int16)
            self._kept[spoken] = whole, clip.samplerate
            self._bytes += size
        return clip
