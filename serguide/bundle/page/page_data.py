"""Session data for the page's script, as JSON that may stand inside HTML."""

from __future__ import annotations

import json
from typing import Any

from serguide.base.cldr import direction
from serguide.base.units import SAMPLERATE, Samples
from serguide.bundle.manifest import identifier
from serguide.bundle.model import AudioFile, Contents
from serguide.bundle.words import InterfaceWords
from serguide.script.program import PHASES
from serguide.timeline.model import Event

PREFIX = "page."
"""Begins the keys of those words that the page's script and its buttons say."""


def page_data(contents: Contents, words: InterfaceWords) -> str:
    """Write the session's data: positions in samples of the session's audio, as in the manifest.

    No `<` is left in it, so that no text can end the element that it stands in.
    """
    timeline = contents.timeline
    program = timeline.program
    placed = [(start, end, event) for _, start, end, event in contents.events()]
    data = {
        "id": identifier(contents),
        "name": program.name,
        "title": program.title,
        "ui": words.language,
        "ending": program.ending,
        "samplerate": SAMPLERATE,
        "tracks": [
            {
                "step": track.program.step,
                "title": track.program.title,
                "language": track.program.language,
                "start": file.start,
                "end": file.end,
            }
            for track, file in zip(timeline.tracks, contents.tracks, strict=True)
        ],
        **_score(contents.audio, placed),
        "ground": _score(contents.ground, list(contents.ground_events())),
        "grounding": contents.notices.grounding_only,
        **_drawn(contents.drawings),
        "words": page_words(words),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def page_words(words: InterfaceWords) -> dict[str, str | dict[str, str]]:
    """Return the words of the page's script and buttons, by their keys without the prefix."""
    return {
        key.removeprefix(PREFIX): phrase
        for key, phrase in words.table.items()
        if key.startswith(PREFIX)
    }


def _drawn(drawings: tuple[str, ...]) -> dict[str, list[Any]]:
    """Return each drawing once, and which of them is each track's: its number, or -1 for none."""
    each = list(dict.fromkeys(drawing for drawing in drawings if drawing))
    numbers = [each.index(drawing) if drawing else -1 for drawing in drawings]
    return {"drawings": each, "scenes": numbers}


def _score(
    audio: AudioFile, placed: list[tuple[Samples, Samples, Event]]
) -> dict[str, int | list[Any]]:
    """Return how long a sound is, and what is said and breathed in it, by beginnings."""
    ordered = sorted(placed, key=lambda each: each[0])
    return {
        "frames": audio.frames,
        "says": [_say(*each) for each in ordered if each[2].kind == "say"],
        "breaths": [_breath(*each) for each in ordered if each[2].kind == "breathe"],
    }


def _breath(start: int, end: int, event: Event) -> list[Any]:
    return [start, end, PHASES.index(event.phase or PHASES[0]), event.cycle]


def _say(start: int, end: int, event: Event) -> list[Any]:
    language = event.spoken.language if event.spoken else ""
    return [start, end, " ".join(event.text.split()), language, direction(language)]
