"""Values of a session: what each is now, how often it is spoken, and in which sentences."""

from __future__ import annotations

from serguide.base.errors import SerguideError
from serguide.script.models import Script
from serguide.script.program import Spoken
from serguide.script.resolve import Overrides, resolve
from serguide.studio.session.session_desk import LaidSession
from serguide.voices.speakable_names import KNOWN

_MARK = "Xq{}xq"
"""Stands for a value where its sentences are looked for: no word of any language."""


def values_of(laid: LaidSession) -> list[dict[str, object]]:
    """Return each value: key, text, default (of the scripts), and uses: [part, at] of sentences.

    `name` comes first. Values that only a step sets are that step's business, and not here.
    """
    defaults = _defaults(laid)
    keys = sorted({*laid.model.values, *defaults}, key=lambda key: (key != "name", key))
    uses = _uses(laid, keys)
    return [
        {
            "key": key,
            "text": laid.model.values.get(key, ""),
            "default": defaults.get(key, ""),
            "set": key in laid.model.values,
            "uses": uses.get(key, []),
        }
        for key in keys
    ]


def _defaults(laid: LaidSession) -> dict[str, str]:
    found: dict[str, str] = {}
    for track in laid.program.tracks:
        path = laid.libraries.find(track.step)
        model = laid.expansions.sources.of(path).model if path else None
        if isinstance(model, Script):
            for key, value in model.values.items():
                found.setdefault(key, value)
    return found


def _uses(laid: LaidSession, keys: list[str]) -> dict[str, list[list[int]]]:
    """Return where each value is spoken: the part's place, and the sample of the sentence."""
    marks = {key: _MARK.format(number) for number, key in enumerate(keys)}
    try:
        overrides = Overrides(values=marks)
        marked = resolve(laid.path, laid.libraries, KNOWN, overrides, expansions=laid.expansions)
    except SerguideError:
        return {}
    found: dict[str, list[list[int]]] = {key: [] for key in keys}
    places = {track.program.step: number for number, track in enumerate(laid.timeline.tracks)}
    for track in marked.tracks:
        if track.step not in places:
            continue
        said = [item.text for item in track.items if isinstance(item, Spoken)]
        for at, text in zip(_places(laid, places[track.step]), said, strict=False):
            for key, mark in marks.items():
                found[key] += [[places[track.step], at]] * text.count(mark)
    return found


def _places(laid: LaidSession, number: int) -> list[int]:
    track = laid.timeline.tracks[number]
    return [placed.start for placed in track.placed if isinstance(placed.item, Spoken)]
