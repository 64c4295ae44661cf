"""Drawing of a part as data: speech, rests, breath, sounds, loudness and chapters, in samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from serguide.drawing.loudness_curve import FLOOR_LUFS, planned, smoothed
from serguide.script.program import Breathing
from serguide.timeline.model import Event, SessionTimeline, TrackTimeline

_CURVE: Final = 120
"""Points of a part's loudness."""

_TOP_LUFS: Final = -14.0

BARS: Final = 108
"""Bars in which the whole session is shown."""

_REST, _BREATH = 0.16, 0.3


def drawing_of(track: TrackTimeline) -> dict[str, object]:
    """Return what a part's drawing shows; positions are the part's own samples.

    speech: [start, end, guides a breath]; rests: [start, end]; breaths: runs of [start, end,
    phase]; sounds: [start, end, name]; loudness: 0 to 1 in equal stretches; chapters.
    """
    speech = [
        [event.start, event.end, int(isinstance(placed.item, Breathing))]
        for placed in track.placed
        for event in placed.events
        if event.kind == "say"
    ]
    levels = smoothed(planned(track, _CURVE))
    span = _TOP_LUFS - FLOOR_LUFS
    return {
        "speech": speech,
        "rests": [[event.start, event.end] for event in track.events if event.kind == "rest"],
        "breaths": [
            [[event.start, event.end, event.phase] for event in run] for run in _runs(track)
        ],
        "sounds": [
            [event.start, event.end, event.text] for event in track.events if event.kind == "sound"
        ],
        "loudness": [round(min(1.0, max(0.0, (level - FLOOR_LUFS) / span)), 3) for level in levels],
        "chapters": [[place, title] for place, title in track.chapters],
    }


def session_bars(timeline: SessionTimeline, bars: int = BARS) -> list[float]:
    """Return the height, 0 to 1, of each of some equal stretches of a session.

    Speech stands high by its share of the stretch, breath in between, rests low.
    """
    spoken, breathed = [0.0] * bars, [0.0] * bars
    width = max(1, timeline.frames) / bars
    for track, start in zip(timeline.tracks, timeline.starts, strict=True):
        for event in track.events:
            shares = {"say": spoken, "breathe": breathed}.get(event.kind)
            if shares is not None:
                _share(shares, start + event.start, start + event.end, width)
    return [
        round(_height(min(1.0, said), min(1.0, breath)), 3)
        for said, breath in zip(spoken, breathed, strict=True)
    ]


def _height(said: float, breath: float) -> float:
    return float(min(1.0, _REST + (1 - _REST) * said**0.7 + _BREATH * breath * (1 - said)))


def _share(shares: list[float], start: int, end: int, width: float) -> None:
    """Add to each stretch the part of it that lies between two samples."""
    for number in range(int(start / width), min(len(shares), int(end / width) + 1)):
        inside = min(end, (number + 1) * width) - max(start, number * width)
        shares[number] += max(0.0, inside) / width


def _runs(track: TrackTimeline) -> Iterator[list[Event]]:
    """Yield the breaths of each block of breathing."""
    for placed in track.placed:
        if isinstance(placed.item, Breathing):
            yield [event for event in placed.events if event.kind == "breathe"]
