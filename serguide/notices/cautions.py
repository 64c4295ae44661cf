"""Cautions that a listener should read before a session, chosen by what it contains."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from serguide.base.language import primary
from serguide.script.program import Breathing, SessionProgram, Spoken, TrackProgram

TENSE = "tense"
"""The beat of a cue that asks a listener to tense a part of the body."""

IMAGE = "image"
"""The beat of a cue that paints a picture."""

_ENOUGH = 5
"""So many of them in a track make it progressive relaxation, or imagery, whatever its kind."""

_FALLBACK = "en"


def cautions_for(program: SessionProgram) -> tuple[str, ...]:
    """Return the cautions of a session in its language, or in English; empty when none is owed."""
    tables: dict[str, dict[str, str]] = _data()["sentences"]
    table = tables.get(primary(program.language), tables[_FALLBACK])
    return tuple(table[kind] for kind in owed(program))


def owed(program: SessionProgram) -> tuple[str, ...]:
    """Return the kinds of caution that a session owes, in the order in which they are told.

    A kind is a key of the sentences in `cautions.json`: child, company, therapist, breathing,
    holds, imagery, tension. The ground track counts: it is heard when it is needed most.
    """
    found = {kind for track in (*program.tracks, program.ground) for kind in kinds_of(track)}
    return tuple(kind for kind in _data()["sentences"][_FALLBACK] if kind in found)


def kinds_of(track: TrackProgram) -> Iterator[str]:
    """Yield the kinds of caution that one step owes."""
    if track.audience == "child":
        yield "child"
    elif track.supervision == "co-listen":
        yield "company"
    if track.supervision == "therapist":
        yield "therapist"
    breathing = [item for item in track.items if isinstance(item, Breathing)]
    if breathing:
        yield "breathing"
    # Empty lungs are held as full ones are.
    if any(phase in ("hold", "rest") for item in breathing for phase, _ in item.phases):
        yield "holds"
    spoken = [item for item in track.items if isinstance(item, Spoken)]
    if track.kind == "imagery" or _counted(spoken, IMAGE) >= _ENOUGH:
        yield "imagery"
    if _counted(spoken, TENSE) or sum(map(_asks_for_tension, spoken)) >= _ENOUGH:
        yield "tension"


def _counted(spoken: list[Spoken], beat: str) -> int:
    """Count the cues with a beat."""
    return len({item.cue for item in spoken if beat in item.beats})


def _asks_for_tension(item: Spoken) -> bool:
    table: dict[str, list[str]] = _data()["tension"]
    begins = table.get(primary(item.language), [])
    text = item.text.lower()
    return any(re.search(rf"\b{re.escape(begin)}", text) for begin in begins)


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("serguide.notices") / "cautions.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
