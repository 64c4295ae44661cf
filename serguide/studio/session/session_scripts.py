"""Scripts of a session: those of its steps and its way back, and all that these include."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from serguide.base.errors import UsageError
from serguide.script.cues import IncludeCue
from serguide.script.models import Script
from serguide.studio.session.session_desk import LaidSession


def trails(laid: LaidSession) -> Iterator[list[str]]:
    """Yield, for each script of a session, the names that lead to it, its own last; once each."""
    starts = [*(track.step for track in laid.program.tracks), laid.program.ground.step]
    waiting = [[name] for name in dict.fromkeys(starts)]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop(0)
        if trail[-1] in seen:
            continue
        seen.add(trail[-1])
        yield trail
        path = laid.libraries.find(trail[-1])
        model = laid.expansions.sources.of(path).model if path else None
        if isinstance(model, Script):
            waiting += [[*trail, cue.include] for cue in model.cues if isinstance(cue, IncludeCue)]


def trail_to(laid: LaidSession, file: str) -> list[str] | None:
    """Return the names of the scripts that lead from the session to one, that one last."""
    return next((trail for trail in trails(laid) if trail[-1] == file), None)


def script_paths(laid: LaidSession) -> dict[Path, str]:
    """Return the files of a session's scripts, with their names."""
    found = ((laid.libraries.find(trail[-1]), trail[-1]) for trail in trails(laid))
    return {path: name for path, name in found if path is not None}


def require_path(path: Path | None) -> Path:
    """Return a path that is there. Raises UsageError."""
    if path is None:
        raise UsageError("A script of this session is not there any more.", "Look once more.")
    return path
