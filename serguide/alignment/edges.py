"""A reading's edges: where its speech begins and ends, and where it is cut, breath kept.

A recogniser's times are of words in frames that overlap; what is heard begins and ends where
the level says, in the pause nearby.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from serguide.alignment.activity import Activity

_NEAR: Final = 0.35  # seconds around the recogniser's edge in which a pause's edge is its own
_HELD, _RELEASE = 0.14, 0.25  # seconds: a stop's silence at most, and what follows it
_LEAD: Final = 0.08  # seconds that are kept before speech where no breath is
_TAIL: Final = 0.12
_BREATH: Final = 0.9  # seconds before speech in which a breath belongs to it
_OVER_FLOOR: Final = 4.0  # dB over the background that may be a breath
_SHORTEST_BREATH: Final = 0.12  # seconds


@dataclass(frozen=True, slots=True)
class Edges:
    """Hold, in seconds of the take: the cut's edges, and those of the speech in it."""

    start: float
    end: float
    speech_start: float
    speech_end: float


def find_edges(activity: Activity, start: float, end: float) -> Edges:
    """Return the edges of a reading whose first word begins and last word ends about there."""
    runs = activity.runs_near(start - 3.0, end + 3.0)
    begin = _snapped([a for a, _ in runs], start, end)
    finish = _snapped([b for _, b in runs], end, start)
    finish = _released(runs, max(finish, begin + 0.05))
    before = max([b for _, b in runs if b <= begin - 0.005], default=0.0)
    after = min([a for a, _ in runs if a >= finish + 0.005], default=activity.seconds)
    lead = _breath(activity, max(before + 0.02, begin - _BREATH), begin)
    middle = (finish + after) / 2
    return Edges(
        max(0.0, lead, before),
        min(activity.seconds, max(finish, min(finish + _TAIL, middle, after))),
        begin,
        finish,
    )


def _snapped(edges: list[float], where: float, other: float) -> float:
    """Return the edge of speech nearest to a place, if one is near and on its side of `other`."""
    side = [each for each in edges if (each - other) * (where - other) > 0]
    nearest = min(side, key=lambda each: abs(each - where), default=where)
    return nearest if abs(nearest - where) <= _NEAR else where


def _released(runs: list[tuple[float, float]], finish: float) -> float:
    """Return the end with what a last stop lets go of, after the silence that it holds."""
    for first, last in runs:
        if 0.0 < first - finish <= _HELD and last - first <= _RELEASE:
            return last
    return finish


def _breath(activity: Activity, earliest: float, speech: float) -> float:
    """Return where the cut begins: before a breath, or shortly before the speech."""
    first, last = round(earliest * 100), round(speech * 100)
    usual = max(earliest, speech - _LEAD)
    if last - first < 100 * _SHORTEST_BREATH:
        return usual
    over = activity.level[first:last] > activity.floor[first:last] + _OVER_FLOOR
    heard = np.convolve(over, np.ones(7) / 7, "same") > 0.5
    places = np.flatnonzero(heard)
    if places.size < 100 * _SHORTEST_BREATH:
        return usual
    return max(earliest, min(usual, (first + int(places[0])) / 100 - 0.04))
