"""Loudness of a track over time, as measured, or as its timeline plans it."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from itertools import pairwise

from serguide.audio.levels import LIFT_DB, SPEECH_LUFS
from serguide.base.units import samples
from serguide.timeline.model import TrackTimeline

FLOOR_LUFS = -60.0
"""What is drawn as silence, in LUFS."""

_EASE = samples(0.6)

LoudnessPoints = Sequence[tuple[int, float]]
"""(sample of the session, LUFS), in order of the samples."""


def planned(track: TrackTimeline, bins: int) -> list[float]:
    """Return the level that the timeline plans in each of `bins` equal stretches, in LUFS.

    Speech stands at its level, the soundscape under it, rising in rests, with its fades.
    """
    spoken = [(event.start - _EASE, event.end + _EASE) for event in track.speech()]
    edges = [track.frames * number // bins for number in range(bins + 1)]
    return [_planned_between(track, spoken, start, end) for start, end in pairwise(edges)]


def _planned_between(
    track: TrackTimeline, spoken: list[tuple[int, int]], start: int, end: int
) -> float:
    near = [span for span in spoken if span[0] < end and span[1] > start]
    if any(first + _EASE < end and last - _EASE > start for first, last in near):
        return SPEECH_LUFS
    bed = track.program.bed
    if bed is None:
        return FLOOR_LUFS
    middle = (start + end) / 2
    level = SPEECH_LUFS + bed.level_db + (0.0 if near else LIFT_DB)
    fade_in = middle / track.fade_in if track.fade_in else 1.0
    fade_out = (track.frames - middle) / track.fade_out if track.fade_out else 1.0
    fade = min(1.0, fade_in, fade_out)
    return FLOOR_LUFS + (max(FLOOR_LUFS, level) - FLOOR_LUFS) * fade


def measured(points: LoudnessPoints, start: int, end: int, bins: int) -> list[float]:
    """Return the mean measured level of each of `bins` equal stretches from start to end.

    start, end: samples of the session; a stretch without a point takes the one before it.
    """
    places = [place for place, _ in points]
    levels: list[float] = []
    for number in range(bins):
        low = bisect.bisect_left(places, start + (end - start) * number // bins)
        high = bisect.bisect_left(places, start + (end - start) * (number + 1) // bins)
        heard = [
            min(0.0, max(FLOOR_LUFS, level))
            for _, level in points[low:high]
            if not math.isnan(level)
        ]
        if heard:
            levels.append(sum(heard) / len(heard))
        else:
            levels.append(levels[-1] if levels else FLOOR_LUFS)
    return levels


def smoothed(levels: list[float]) -> list[float]:
    """Return the levels, each the mean of itself and its two neighbours."""
    padded = [levels[0], *levels, levels[-1]]
    return [sum(padded[number : number + 3]) / 3 for number in range(len(levels))]
