"""Make one clip of what Piper's model says of each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from serguide.base.units import SAMPLERATE
from serguide.voices.finish import trim as trimming

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from serguide.audio.types import Block

GAP: Final = 0.45
"""Seconds of silence between two sentences of one text."""

HEADROOM: Final = 0.8
"""What Piper gives is within ±1 and may touch it; times this it cannot."""


def finished(sentences: Sequence[npt.NDArray[np.float32]], samplerate: int) -> Block:
    """Return sentences one after another: shape (frames, 1), at SAMPLERATE, trimmed.

    sentences: each of shape (frames,), at samplerate in Hz, their levels kept.
    """
    # Imported here, because listing and checking open voices and never speak.
    import numpy as np
    import soxr

    gap = np.zeros(round(GAP * samplerate), dtype=np.float32)
    parts = [each for sentence in sentences for each in (sentence * np.float32(HEADROOM), gap)]
    spoken = np.concatenate(parts[:-1]) if parts else gap[:0]
    resampled = soxr.resample(spoken.reshape(-1, 1), samplerate, SAMPLERATE, quality="VHQ")
    return trimming.trim(np.asarray(resampled, dtype=np.float32), SAMPLERATE)
