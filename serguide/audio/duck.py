"""Plan how the soundscape is lowered under the voice, from the timeline.

A compressor that listens reacts after a word has begun; here the timeline is known, so the bed
is down in time and comes up only where there is time to come up calmly. No ramp is steeper than
6 dB a second: half a cosine of `lift` dB over `t` s is at most π/2 × lift / t steep.
"""

from __future__ import annotations

from collections.abc import Iterator

from serguide.audio.curve import GainCurve, Point
from serguide.audio.levels import LIFT_DB
from serguide.base.units import samples
from serguide.timeline.model import TrackTimeline

LEAST_LIFT_DB = 1.5
"""A rise smaller than this would be heard as restlessness; the bed stays where it is."""

AHEAD = samples(0.6)
"""The bed is down this long before a word."""

AFTER = samples(0.5)
"""It waits this long after one."""

RISE, FALL = samples(3.0), samples(2.0)
"""How long a whole rise and a whole fall take."""


def plan_duck(track: TrackTimeline) -> GainCurve:
    """Return the bed's gain relative to its level under speech, 0 to LIFT_DB."""
    points = [Point(0, 0.0)]
    for start, end in _gaps(track):
        available = end - start - AFTER - AHEAD
        part = min(1.0, available / (RISE + FALL))
        lift = LIFT_DB * part
        if available <= 0 or lift < LEAST_LIFT_DB:
            continue
        up = start + AFTER
        down = end - AHEAD
        points += [
            Point(up, 0.0),
            Point(up + int(RISE * part), lift),
            Point(down - int(FALL * part), lift),
            Point(down, 0.0),
        ]
    return GainCurve(points)


def _gaps(track: TrackTimeline) -> Iterator[tuple[int, int]]:
    """Yield the stretches without speech between the first word and the fade at the end."""
    last_word = None
    for event in sorted(track.speech(), key=lambda event: event.start):
        if last_word is not None and event.start > last_word:
            yield last_word, event.start
        last_word = max(event.end, last_word or 0)
    if last_word is not None:
        yield last_word, track.frames - track.fade_out
