"""Tell which sessions of the therapist's own draw a part in: a change of it is heard in all."""

from __future__ import annotations

from serguide.base.errors import ScriptError
from serguide.script.models import Session, step_parts
from serguide.studio.shelf.library_places import files_in
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.studio import Studio


def used_in(studio: Studio, part: str) -> list[dict[str, str]]:
    """Return name, title and whom it is for of each own session with a part of one's own."""
    if not studio.library.is_dir():
        return []
    own = files_in(studio.shelves.libraries[0])
    found = []
    for name, path in own.items() if part in own else ():
        try:
            model = known_source(path).model
        except (ScriptError, OSError):
            continue
        if isinstance(model, Session) and part in _names(model):
            whom = " ".join(model.values.get("name", "").split())
            found.append({"name": name, "title": model.title, "for": whom})
    return found


def _names(session: Session) -> set[str]:
    return {session.ground, *(step_parts(step)[0] for step in session.steps)}
