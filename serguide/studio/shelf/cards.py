"""Cards on the shelf: each script and session with title, kind and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from serguide.base.errors import Problem, ScriptError, SerguideError
from serguide.base.language import primary
from serguide.script.models import Session
from serguide.studio.shelf.bin_folder import thrown_away
from serguide.studio.shelf.library_places import files_in
from serguide.studio.shelf.source_cache import kind_of, known_source
from serguide.studio.studio import Studio


def shelf_data(studio: Studio) -> dict[str, object]:
    """Return the cards of the therapist's own and of the ready-made, without their lengths.

    Lengths want every text laid out: they are asked for when the covers stand.
    """
    own: list[dict[str, object]] = []
    ready: list[dict[str, object]] = []
    seen: set[str] = set()
    for library in studio.shelves.libraries:
        mine = library.root == studio.library
        for name, path in files_in(library).items():
            if name not in seen:
                seen.add(name)
                (own if mine else ready).append(card_of(name, path, mine=mine))
    own.sort(key=lambda card: card.pop("changed"), reverse=True)  # type: ignore[arg-type,return-value]
    for card in ready:
        del card["changed"]
    return {
        "yours": own,
        "ready": ready,
        "handed": _handed_over(studio),
        "language": studio.language,
        "place": _place_of(studio.library),
        "binned": len(thrown_away(studio)),
    }


def card_of(name: str, path: Path, *, mine: bool) -> dict[str, object]:
    """Return one card; `broken` holds what is wrong with a file that cannot be read."""
    card: dict[str, object] = {"name": name, "mine": mine, "changed": _changed(path)}
    try:
        source = known_source(path)
    except ScriptError as error:
        return card | {"kind": "broken", "title": name, "broken": list(_said(error.problems))}
    except OSError:
        return card | {"kind": "broken", "title": name, "broken": []}
    model = source.model
    card |= {
        "kind": kind_of(source),
        "title": model.title,
        "about": model.about or "",
        "language": primary(model.language),
    }
    if isinstance(model, Session):
        card |= {
            "parts": len(model.steps),
            "for": " ".join(model.values.get("name", "").split()),
            "takes_name": "name" in model.values,
        }
    return card


def _handed_over(studio: Studio) -> list[dict[str, object]]:
    """Return what was handed over, newest first; nothing where its records cannot be read."""
    if find_spec("serguide.studio.handover") is None:
        return []
    records = import_module("serguide.studio.handover.records")
    try:
        found: list[dict[str, object]] = records.handed_over(studio)
    except SerguideError:
        return []
    return found


def _place_of(library: Path) -> dict[str, str]:
    """Return the folder's name, and that of the one it lies in, as a person knows them."""
    return {"folder": library.name, "inside": library.parent.name}


def _said(problems: tuple[Problem, ...]) -> Iterator[dict[str, object]]:
    for problem in problems[:5]:
        yield {"line": problem.line, "message": problem.message, "hint": str(problem.hint)}


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
