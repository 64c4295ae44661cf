"""Lay out paced breathing on an absolute grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from serguide.base.errors import Problem
from serguide.base.units import SAMPLERATE, Samples, format_time, samples, seconds
from serguide.script.program import Breathing, Spoken
from serguide.timeline.model import Event


def grid(breathing: Breathing, start: Samples, cycles: int) -> Iterator[Event]:
    """Yield the breathe events of a block that begins at a sample.

    Cycle n begins at exactly start + n × the cycle's length, rounded once from the exact
    product, so no error adds up however long the block is.
    """
    length = breathing.cycle_length
    for cycle in range(cycles):
        at = length * cycle
        for phase, lasts in breathing.phases:
            end = at + lasts
            yield Event(
                kind="breathe",
                start=Samples(start + samples(at)),
                end=Samples(start + samples(end)),
                line=breathing.origin.line,
                phase=phase,
                cycle=cycle,
                tone=breathing.tone
                and (breathing.tone_from_start or cycle >= breathing.guide_cycles),
            )
            at = end


def words(
    breathing: Breathing,
    events: list[Event],
    duration_of: Callable[[Spoken], Samples],
) -> Iterator[Event]:
    """Yield the say events of the guide words: each begins with its phase."""
    spoken = dict(breathing.words)
    for event in events:
        assert event.cycle is not None
        assert event.phase is not None
        if event.cycle < breathing.guide_cycles and event.phase in spoken:
            word = spoken[event.phase]
            yield Event(
                kind="say",
                start=event.start,
                end=Samples(event.start + duration_of(word)),
                line=event.line,
                text=word.text,
                spoken=word,
            )


def too_long(breathing: Breathing, duration_of: Callable[[Spoken], Samples]) -> Iterator[Problem]:
    """Yield a problem for each guide word that is longer than its phase."""
    lengths = dict(breathing.phases)
    for phase, word in breathing.words:
        lasts = duration_of(word)
        if lasts > lengths[phase] * SAMPLERATE:
            yield Problem(
                breathing.origin.path,
                breathing.origin.line,
                1,
                "L030",
                f"the guide word “{word.text}” takes {format_time(seconds(lasts))}, its phase "
                f"`{phase}` lasts {format_time(lengths[phase])}",
                "make the phase longer, or write `guide: tone`",
            )
