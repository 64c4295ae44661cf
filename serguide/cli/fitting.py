"""Word how a session was fitted to its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from serguide.base.units import SAMPLERATE, format_clock, seconds
from serguide.timeline.model import Fit, SessionTimeline

_WORTH_SAYING = 2 * SAMPLERATE
"""Samples that a fitted length may be off without a word of complaint."""


def told(timeline: SessionTimeline) -> Iterator[str]:
    """Yield a line for the session and for each step that was fitted; none when nothing was."""
    if timeline.fit.asked is not None:
        yield _line(timeline.program.title, timeline.fit, timeline.left_out)
    for step, fit in timeline.step_fits:
        yield _line(step, fit)


def _line(what: str, fit: Fit, left_out: Sequence[str] = ()) -> str:
    assert fit.asked is not None
    did = []
    if abs(fit.rests - 1) >= 0.005:
        did.append(f"rests × {fit.rests:.2f}")
    if fit.breaths:
        did.append(f"{abs(fit.breaths)} breaths {'more' if fit.breaths > 0 else 'fewer'}")
    if left_out:
        did.append(f"without {', '.join(f'“{title}”' for title in left_out)}")
    line = (
        f"{what}: fitted to {format_clock(seconds(fit.asked))} "
        f"({', '.join(did) or 'nothing changed'})"
    )
    if abs(fit.residual) > _WORTH_SAYING:
        by = format_clock(seconds(abs(fit.residual)))
        way = "longer" if fit.residual > 0 else "shorter"
        line += f"; it is {by} {way} than asked: rests and breaths have no more room"
    return line
