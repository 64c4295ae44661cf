"""Refuse a length that was asked for and cannot be had."""

from __future__ import annotations

from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.base.units import format_clock, format_time, seconds
from serguide.render.request import RenderRequest
from serguide.timeline import SessionTimeline
from serguide.timeline.layout import NEAR


def require_length(request: RenderRequest, timeline: SessionTimeline, slack: float) -> None:
    """Raise UsageError when the length that was asked for cannot be had, nor may be missed.

    slack: by what part of its length a timeline may be wrong.
    """
    may_miss = NEAR + slack * timeline.frames
    if request.length is None or request.nearest or abs(timeline.fit.residual) <= may_miss:
        return
    got = seconds(timeline.frames)
    raise UsageError(
        f"“{timeline.program.title}” cannot be made {format_clock(request.length)} long: the "
        f"nearest is {format_clock(got)}",
        Hint(
            "ask for another length, or take the nearest",
            Remedy("length", format_time(round(got))),
            Remedy("nearest"),
        ),
    )
