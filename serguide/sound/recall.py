"""Clips remembered from the pass that measures them to the pass that mixes them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from serguide.block import Clip
from serguide.script.program import Spoken

MOST_BYTES = 6 << 20
"""What one track's clips may take: a minute of speech; the rest is read twice."""


class Recall:
    """Give a clip, and remember it, in 16 bits, until it is asked for once more, by any thread.

    Clips are whole numbers of 1/32768, as they come from the store, and nothing is lost.
    """

    def __init__(self, clip_of: Callable[[Spoken], Clip]) -> None:
        self._clip_of = clip_of
        self._kept: dict[Spoken, tuple[npt.NDArray[np.int16], int]] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, spoken: Spoken) -> Clip:
        """Return a sentence's clip."""
        with self._lock:
            kept = self._kept.pop(spoken, None)
            self._bytes -= kept[0].nbytes if kept else 0
        if kept:
            whole, samplerate = kept
            return Clip(whole.astype(np.float32) / np.float32(32768.0), samplerate)
        clip = self._clip_of(spoken)
        if self._bytes + 2 * clip.samples.size <= MOST_BYTES:
            whole = np.rint(clip.samples * np.float32(32768.0)).astype(np.int16)
            with self._lock:
                if self._kept.setdefault(spoken, (whole, clip.samplerate))[0] is whole:
                    self._bytes += whole.nbytes
        return clip
