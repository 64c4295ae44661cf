"""Reduce the session's loudness to a few bars, to seek by."""

from __future__ import annotations

import numpy as np

from serguide.audio.levels import SPEECH_LUFS
from serguide.audio.loudness.meter import Energies

BARS = 120
"""As many as a phone's width shows apart."""

_QUIETEST = -48.0
"""LUFS; what is softer is drawn as silence."""

_LOUDEST = SPEECH_LUFS + 3.0
"""LUFS; a bar of full height."""


def waveform(energies: Energies, bars: int = BARS) -> tuple[float, ...]:
    """Return the loudness in `bars` pieces of equal length, 0 (silence) to 1.

    energies: mean squares of every 100 ms, as a LoudnessMeter gives them. Empty for a sound
    shorter than its bars.
    """
    if energies.size < bars:
        return ()
    edges = np.linspace(0, energies.size, bars, endpoint=False).astype(np.intp)
    means = np.add.reduceat(energies, edges) / np.diff(edges, append=energies.size)
    # The lowest energy that is drawn keeps the logarithm finite.
    floor = 10.0 ** ((_QUIETEST + 0.691) / 10.0)
    levels = -0.691 + 10.0 * np.log10(np.maximum(means, floor))
    heights = np.clip((levels - _QUIETEST) / (_LOUDEST - _QUIETEST), 0.0, 1.0)
    return tuple(round(float(height), 2) for height in heights)
