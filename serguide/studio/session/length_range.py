"""Length of a session: as asked, as it came out, and between which bounds it can be."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction

from serguide.base.units import SAMPLERATE, Samples, Seconds
from serguide.script.program import SessionProgram
from serguide.studio.session.session_desk import LaidSession
from serguide.timeline import SessionTimeline

_NOTHING, _DAY = Seconds(Fraction(1)), Seconds(Fraction(12 * 3600))


def length_now(timeline: SessionTimeline) -> dict[str, object]:
    """Return how a session came to its length, in seconds; rests: a factor; breaths: cycles."""
    fit = timeline.fit
    return {
        "asked": _seconds(fit.asked),
        "natural": _seconds(fit.natural),
        "got": _seconds(fit.got),
        "rests": round(fit.rests, 3),
        "breaths": fit.breaths,
        "shortened": list(timeline.left_out),
    }


def length_range(laid: LaidSession) -> Mapping[str, object]:
    """Return the shortest and the longest that these words can be, in seconds.

    natural: as written; without: the shortest when all optional parts are left out, too.
    """
    whole = dataclasses.replace(
        laid.program,
        tracks=tuple(dataclasses.replace(each, optional=False) for each in laid.program.tracks),
    )
    shortest = laid.lay(_asking(whole, _NOTHING)).fit
    longest = laid.lay(_asking(whole, _DAY)).fit
    without = shortest.got
    if any(track.optional for track in laid.program.tracks):
        without = laid.lay(_asking(laid.program, _NOTHING)).fit.got
    return {
        "shortest": _seconds(shortest.got),
        "natural": _seconds(shortest.natural),
        "longest": _seconds(longest.got),
        "without": _seconds(without),
    }


def _asking(program: SessionProgram, length: Seconds) -> SessionProgram:
    return dataclasses.replace(program, length=length)


def _seconds(samples: Samples | None) -> float | None:
    return None if samples is None else round(samples / SAMPLERATE, 2)
