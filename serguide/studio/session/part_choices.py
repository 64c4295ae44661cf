"""Parts to add, and ways back to the room, in a session's language."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from serguide.base.errors import ScriptError
from serguide.base.language import primary
from serguide.script.expansions import ExpansionCache
from serguide.script.library import Libraries
from serguide.script.models import Script, Session
from serguide.studio.shelf.spoken_words import first_sentence

GROUNDING = "grounding"


def part_choices(
    libraries: Libraries, language: str, own: Callable[[Path], bool], expansions: ExpansionCache
) -> list[dict[str, object]]:
    """Return the scripts of a language that can stand in a session: yours first, by title.

    own: tells whether a file is the therapist's own; a broken script is left out. Each has its
    first spoken sentence, which says more to a therapist than what it was written for.
    """

    def known(name: str) -> Script | Session | None:
        path = libraries.find(name)
        with suppress(ScriptError):
            return expansions.sources.of(path).model if path else None
        return None

    found: list[dict[str, object]] = []
    for name, path in libraries.names().items():
        try:
            model = expansions.sources.of(path).model
        except ScriptError:
            continue
        if isinstance(model, Script) and primary(model.language) == primary(language):
            found.append(
                {
                    "name": name, "title": model.title, "first": first_sentence(model, known),
                    "kind": model.kind, "own": own(path), "audience": model.audience,
                }
            )  # fmt: skip
    return sorted(found, key=lambda each: (not each["own"], str(each["title"]).casefold()))
