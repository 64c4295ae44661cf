"""Hear what is no speech within a reading: loud, between dips, where the path is silent.

What is loud in a silence without a dip before and behind it is the word beside it, which the
path has laid a little too short.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from serguide.alignment.activity import Levels
from serguide.alignment.recogniser import Segment

_KNOCK: Final = 5  # frames of what the recogniser calls a noise
_BESIDE: Final = 4  # frames by which the path may have laid a word too long
_LOUD: Final = 14.0  # dB under the reading's loud speech
_OVER: Final = 15.0  # dB over the background
_LEAST: Final = 6  # frames that are loud
_DIP: Final = 22.0  # dB under the reading's loud speech
_FADED: Final = 8.0  # dB over the background, which a dip may come down to instead
_SHORTEST_DIP: Final = 2  # frames


def noise_after(
    path: Sequence[Segment], begin: int, end: int, level: Levels, floor: Levels
) -> int | None:
    """Return the word, from 0, before a noise within a reading; None for no noise.

    path: the reading's words and silences; begin, end: its frames; level, floor: of every frame
    of the path, in dB; both may be shorter than it.
    """
    inside = level[begin:end]
    speech = float(np.quantile(inside, 0.9)) if inside.size else 0.0
    heard = (level > speech - _LOUD) & (level > floor + _OVER)
    quiet = (level < speech - _DIP) | (level < floor + _FADED)
    word = 0
    for each in path:
        if each.place is not None:
            word = each.place[1]
        elif each.noise and begin <= each.first < end and each.last - each.first >= _KNOCK:
            return word
        elif each.silent and begin <= each.first < end:
            within = slice(max(0, each.first - _BESIDE), each.last + _BESIDE)
            if _stands_alone(heard[within], quiet[within]):
                return word
    return None


def _stands_alone(heard: npt.NDArray[np.bool_], quiet: npt.NDArray[np.bool_]) -> bool:
    """Tell whether something loud lies between two dips."""
    dips = np.flatnonzero(np.convolve(quiet, np.ones(_SHORTEST_DIP), "valid") >= _SHORTEST_DIP)
    if dips.size < 2:
        return False
    return int(heard[dips[0] : dips[-1]].sum()) >= _LEAST
