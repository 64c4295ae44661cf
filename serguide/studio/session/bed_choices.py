"""Soundscapes to choose from, and the one that is heard now with its level."""

from __future__ import annotations

from serguide.base.errors import SerguideError
from serguide.script.library import Libraries
from serguide.script.models import DEFAULT_BED_LEVEL, LOUDEST_BED, soundscape_spec
from serguide.soundscapes.bed import describe
from serguide.studio.session.session_desk import LaidSession
from serguide.studio.words import screen_words

SOFTEST = -42.0
"""The level, in dB under speech, at the left end of the studio's slider."""


def bed_now(laid: LaidSession) -> dict[str, object]:
    """Return the session's soundscape; of_parts: it names none, and each part has its own.

    level: dB relative to speech; softest, loudest: the bounds of a choice.
    """
    spec = soundscape_spec(laid.model.soundscape)
    beds = [track.program.bed for track in laid.timeline.tracks if track.program.bed]
    heard = spec.level if spec else beds[0].level_db if beds else DEFAULT_BED_LEVEL
    return {
        "name": spec.name if spec else None,
        "of_parts": laid.model.soundscape is None,
        "heard": sorted({bed.name for bed in beds}),
        "level": round(float(heard), 1),
        "softest": SOFTEST,
        "loudest": float(LOUDEST_BED),
    }


def bed_choices(libraries: Libraries, interface: str = "en") -> list[dict[str, str]]:
    """Return all soundscapes by title; one that is damaged is left out.

    interface: the language that those which come along are named in.
    """
    words = screen_words("session", interface)
    ready = {
        path for each in libraries.libraries if each.builtin for path in each.soundscapes.values()
    }
    found = []
    for name, path in libraries.soundscapes().items():
        try:
            title = describe(path).title
        except SerguideError:
            continue
        named = words.get(f"bed_{name}") if path in ready else None
        found.append({"name": name, "title": named if isinstance(named, str) else title})
    return sorted(found, key=lambda each: each["title"].casefold())
