"""Search on the shelf: titles, what a thing is about, and every word that is spoken in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from serguide.base.errors import ScriptError
from serguide.script.cues import IncludeCue, SayCue
from serguide.script.models import Script, Session, step_parts
from serguide.studio.shelf.library_places import files_in
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.shelf.spoken_words import plain_words
from serguide.studio.studio import Studio

LONGEST_QUERY: Final = 200
"""Characters that are looked for; more is cut."""

_AROUND: Final = 60  # characters of a sentence that are shown at either side
_DEEPEST: Final = 8


def search(studio: Studio, asked: str) -> list[dict[str, object]]:
    """Return what holds every word that is asked for: in its title first, then about, then spoken.

    Words match from their beginnings, whatever their capitals and accents. Each result is its
    name, where it was found, and the text around it.
    """
    words = _folded(asked[:LONGEST_QUERY]).split()
    if not words:
        return []
    found = []
    for name, title, about, spoken in _texts(studio):
        for rank, (where, text) in enumerate(
            (("title", title), ("about", about), ("spoken", spoken), ("all", ""))
        ):
            whole = " ".join((title, about, spoken)) if where == "all" else text
            if all(_place(word, whole) is not None for word in words):
                shown = text or about
                found.append((rank, title, name, where, _excerpt(shown, words)))
                break
    return [
        {"name": name, "where": where, "excerpt": excerpt if where != "title" else ""}
        for _, _, name, where, excerpt in sorted(found)
    ]


def _texts(studio: Studio) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, title, about (and whom it is for) and spoken text of all that can be read."""
    shelves = studio.shelves
    seen: dict[str, Script | Session] = {}
    for library in shelves.libraries:
        for name, path in files_in(library).items():
            if name not in seen:
                try:
                    seen[name] = known_source(path).model
                except (ScriptError, OSError):
                    continue
    for name, model in seen.items():
        whom = model.values.get("name", "") if isinstance(model, Session) else ""
        about = " ".join(filter(None, (model.about, whom)))
        yield name, model.title, about, " ".join(_said(name, seen, _DEEPEST))


def _said(name: str, models: dict[str, Script | Session], deepest: int) -> Iterator[str]:
    model = models.get(name)
    if model is None or not deepest:
        return
    if isinstance(model, Session):
        for step in model.steps:
            yield from _said(step_parts(step)[0], models, deepest - 1)
        return
    for cue in model.cues:
        if isinstance(cue, SayCue):
            yield plain_words(cue.say)
        elif isinstance(cue, IncludeCue):
            yield from _said(cue.include, models, deepest - 1)


def _folded(text: str) -> str:
    """Return a text in small letters without accents, of the same length where that can be."""
    plain = (unicodedata.normalize("NFD", character)[0] for character in text)
    return "".join(plain).lower()


def _place(word: str, text: str) -> int | None:
    match = re.search(rf"(?<!\w){re.escape(word)}", _folded(text))
    return match.start() if match else None


def _excerpt(text: str, words: list[str]) -> str:
    """Return what stands around the first word that is found, cut between words."""
    places = [place for word in words if (place := _place(word, text)) is not None]
    at = min(places, default=0)
    start, end = max(0, at - _AROUND), min(len(text), at + _AROUND)
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = text.rfind(" ", at, end) if " " in text[at:end] else end
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
