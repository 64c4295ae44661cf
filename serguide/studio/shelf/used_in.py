"""Tell what of the therapist's own draws a part in: a change of it is heard in all."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from serguide.base.errors import ScriptError
from serguide.script.cues import IncludeCue
from serguide.script.models import Script, Session, step_parts
from serguide.studio.shelf.library_places import files_in
from serguide.studio.shelf.source_cache import known_source
from serguide.studio.studio import Studio

_Models = dict[str, Script | Session]


def used_in(studio: Studio, part: str) -> list[dict[str, str]]:
    """Return name, title and whom it is for of each own session with a part of one's own.

    A session has a part, too, that another of its parts includes.
    """
    models = _own_models(studio)
    if part not in models:
        return []
    within = _with_what_includes(models, part)
    return [
        _told(name, model)
        for name, model in models.items()
        if isinstance(model, Session) and within & _names(model)
    ]


def needed_by(studio: Studio, part: str) -> list[dict[str, str]]:
    """Return all of one's own that would miss a part: sessions, parts that include it.

    One counts, too, in which the part is left out for now, since it may be put back; and a broken
    one that says its name anywhere, since what it is to be when it is mended is not known.
    """
    models = _own_models(studio)
    left_out = re.compile(rf"""(?m)^\s*# left out: -\s+["']?{re.escape(part)}(?=["':\s]|$)""")
    found = []
    for name, model in models.items():
        if isinstance(model, Session):
            needs = part in _names(model) or bool(left_out.search(_text(studio, name)))
        else:
            needs = part in _included(model)
        if needs and name != part:
            found.append(_told(name, model))
    named = re.compile(rf"(?<![\w-]){re.escape(part)}(?![\w-])")
    broken = sorted(_own_files(studio).keys() - models.keys() - {part})
    found += [
        {"name": name, "title": name, "for": ""}
        for name in broken
        if named.search(_text(studio, name))
    ]
    return found


def _own_models(studio: Studio) -> _Models:
    """Return what lies in the therapist's own folder and can be read."""
    models: _Models = {}
    for name, path in _own_files(studio).items():
        with contextlib.suppress(ScriptError, OSError):
            models[name] = known_source(path).model
    return models


def _own_files(studio: Studio) -> dict[str, Path]:
    return files_in(studio.shelves.libraries[0]) if studio.library.is_dir() else {}


def _with_what_includes(models: _Models, part: str) -> set[str]:
    """Return a part's name with those of all parts that include it, however deep."""
    within, before = {part}, 0
    while len(within) > before:
        before = len(within)
        within |= {name for name, model in models.items() if within & _included(model)}
    return within


def _included(model: Script | Session) -> set[str]:
    cues = model.cues if isinstance(model, Script) else ()
    return {cue.include for cue in cues if isinstance(cue, IncludeCue)}


def _names(session: Session) -> set[str]:
    return {session.ground, *(step_parts(step)[0] for step in session.steps)}


def _text(studio: Studio, name: str) -> str:
    path = _own_files(studio)[name]
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def _told(name: str, model: Script | Session) -> dict[str, str]:
    whom = " ".join(model.values.get("name", "").split()) if isinstance(model, Session) else ""
    return {"name": name, "title": model.title, "for": whom}
