"""Hear whether a reading stands in the middle of something else that is said.

A short sentence (“It is.”) is heard in many others; one that was read on its own begins and ends
with a pause, or with another sentence of the script.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from serguide.alignment.activity import Activity
from serguide.alignment.aligned import Pass
from serguide.alignment.edges import Edges

_PAUSE: Final = 0.15  # seconds; a shorter one is within what is said
_SHORT: Final = 1.5  # seconds; a longer sentence is not found within other words by chance
_MUCH: Final = 0.4  # seconds of speech beside a reading that are something else
_LOOK: Final = 2.0  # seconds before and after that are looked at


def said_beside(activity: Activity, passes: Sequence[Pass], run: Pass, edges: Edges) -> str:
    """Return what is said without a pause before or after a reading, in words; else nothing.

    passes: all that was found in the take, what was broken off as well; run: the reading's.
    """
    first, last = edges.speech_start, edges.speech_end
    if last - first > _SHORT:
        return ""
    for a, b in _joined(activity.runs_near(first - _LOOK, last + _LOOK)):
        if a <= first < b and _unknown(passes, run, a, first) > _MUCH:
            return "something else is said just before it"
        if a < last <= b and _unknown(passes, run, last, b) > _MUCH:
            return "something else is said just after it"
    return ""


def _joined(runs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return stretches of speech, those together that no pause parts."""
    found: list[tuple[float, float]] = []
    for a, b in runs:
        if found and a - found[-1][1] < _PAUSE:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _unknown(passes: Sequence[Pass], run: Pass, start: float, end: float) -> float:
    """Return how many seconds are said that belong to no other reading."""
    known = 0.0
    for each in passes:
        if each is not run and (each.whole or each.sentence == run.sentence):
            known += max(0.0, min(each.end, end) - max(each.start, start))
    return end - start - known
