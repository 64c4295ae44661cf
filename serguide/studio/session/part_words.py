"""Words of a part as lines: sentences with their places, rests with the seconds they have now."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.base.units import SAMPLERATE
from serguide.script.program import Breathing, Rest, Sound, Spoken
from serguide.timeline.model import Placed, TrackTimeline

SHORTEST_SHOWN = 1.5
"""Seconds from which a pause is a line of its own."""


def lines_of(track: TrackTimeline) -> list[dict[str, object]]:
    """Return a part's lines in order; at, end: the part's own samples.

    kind: say (text, private), rest and pause (seconds), breaths (cycles, phases), sound (text),
    chapter (text).
    """
    # The first chapter stands at 0 even where its first words come later.
    chapters = list(track.chapters)
    found: list[dict[str, object]] = []
    for placed in track.placed:
        while chapters and chapters[0][0] <= placed.start:
            _, title = chapters.pop(0)
            if len(track.chapters) > 1:
                found.append({"kind": "chapter", "at": placed.start, "text": title})
        found += _lines(placed)
    return found


def _lines(placed: Placed) -> Iterator[dict[str, object]]:
    item, start, end = placed.item, placed.start, placed.end
    length = round((end - start) / SAMPLERATE, 2)
    if isinstance(item, Spoken):
        yield {
            "kind": "say", "at": start, "end": end, "text": item.text,
            **({"private": True} if item.private else {}),
        }  # fmt: skip
    elif isinstance(item, Breathing):
        cycles = 1 + max(event.cycle or 0 for event in placed.events)
        phases = [[phase, float(each)] for phase, each in item.phases]
        yield {"kind": "breaths", "at": start, "end": end, "cycles": cycles, "phases": phases}
    elif isinstance(item, Sound):
        yield {"kind": "sound", "at": start, "end": end, "text": item.name}
    elif isinstance(item, Rest) or length >= SHORTEST_SHOWN:
        kind = "rest" if isinstance(item, Rest) else "pause"
        yield {"kind": kind, "at": start, "end": end, "seconds": length}
