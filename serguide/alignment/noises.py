"""Hear what is no speech within a reading: loud where the path through its words is silent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from serguide.alignment.activity import Levels
from serguide.alignment.recogniser import Segment

_KNOCK: Final = 5  # frames of what the recogniser calls a noise
_BESIDE: Final = 4  # frames beside a word that are its own, however loud
_LOUD: Final = 14.0  # dB under the reading's loud speech
_OVER: Final = 15.0  # dB over the background
_LEAST: Final = 6  # frames that are loud


def noise_after(
    path: Sequence[Segment], begin: int, end: int, level: Levels, floor: Levels
) -> int | None:
    """Return the word, from 0, before a noise within a reading; None for no noise.

    path: the reading's words and silences; begin, end: its frames; level, floor: of every frame
    of the path, in dB; both may be shorter than it.
    """
    inside = level[begin:end]
    loud = float(np.quantile(inside, 0.9)) - _LOUD if inside.size else 0.0
    heard = (level > loud) & (level > floor + _OVER)
    word = 0
    for at, each in enumerate(path):
        if each.place is not None:
            word = each.place[1]
        elif each.silent and begin <= each.first < end:
            if each.noise and each.last - each.first >= _KNOCK:
                return word
            first = each.first + (0 if _follows_silence(path, at) else _BESIDE)
            last = each.last - (0 if _precedes_silence(path, at) else _BESIDE)
            if int(heard[first : max(first, last)].sum()) >= _LEAST:
                return word
    return None


def _follows_silence(path: Sequence[Segment], at: int) -> bool:
    return at > 0 and path[at - 1].silent


def _precedes_silence(path: Sequence[Segment], at: int) -> bool:
    return at + 1 < len(path) and path[at + 1].silent
