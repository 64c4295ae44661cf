"""Scripts of a session: those of its steps and its way back, and all that these include."""

from __future__ import annotations

from pathlib import Path

from serguide.base.errors import UsageError
from serguide.script.cues import IncludeCue
from serguide.script.models import Script
from serguide.studio.session.session_desk import LaidSession


def included_by(laid: LaidSession) -> dict[str, frozenset[str]]:
    """Return each script of a session by its name, with the names of those that it includes."""
    starts = [*(track.step for track in laid.program.tracks), laid.program.ground.step]
    waiting = list(dict.fromkeys(starts))
    found: dict[str, frozenset[str]] = {}
    while waiting:
        name = waiting.pop(0)
        if name in found:
            continue
        path = laid.libraries.find(name)
        model = laid.expansions.sources.of(path).model if path else None
        cues = model.cues if isinstance(model, Script) else ()
        names = [cue.include for cue in cues if isinstance(cue, IncludeCue)]
        found[name] = frozenset(names)
        waiting += names
    return found


def leading_to(laid: LaidSession, file: str) -> list[str]:
    """Return the names of all scripts through which a session has one, that one first.

    Empty where the session does not have it.
    """
    included = included_by(laid)
    found = [file] if file in included else []
    for name in found:  # grows while it is walked
        found += [each for each, names in included.items() if name in names and each not in found]
    return found


def script_paths(laid: LaidSession) -> dict[Path, str]:
    """Return the files of a session's scripts, with their names."""
    found = ((laid.libraries.find(name), name) for name in included_by(laid))
    return {path: name for path, name in found if path is not None}


def require_path(path: Path | None) -> Path:
    """Return a path that is there. Raises UsageError."""
    if path is None:
        raise UsageError("A script of this session is not there any more.", "Look once more.")
    return path
