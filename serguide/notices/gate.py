"""Decide whether someone who feels much is led to the room before a session begins."""

from __future__ import annotations

from serguide.notices.cautions import kinds_of
from serguide.script.program import SessionProgram, TrackProgram

TECHNIQUES = frozenset(("breathing", "holds", "imagery", "tension"))
"""Kinds of caution that tell of something that is done to a listener."""


def is_grounding_only(program: SessionProgram) -> bool:
    """Tell whether a session does nothing but bring a listener back.

    Every step is grounding, or integration without a technique: for who feels much it is the
    right thing at once, and nothing stands before it.
    """
    return all(_brings_back(track) for track in program.tracks)


def _brings_back(track: TrackProgram) -> bool:
    if track.kind == "integration":
        return TECHNIQUES.isdisjoint(kinds_of(track))
    return track.kind == "grounding"
