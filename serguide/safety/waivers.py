"""Waivers at a place: the `allow` of a session's files that settles a rule there."""

from __future__ import annotations

from serguide.script.program import Origin, SessionProgram, Waiver


def waiver_of(code: str, origin: Origin, track: str, program: SessionProgram) -> Waiver | None:
    """Return the waiver of the file itself, of the step that includes it, or of the session.

    track: the step's file. Whether the rule can be waived at all is another question.
    """
    files = (origin.path, track, program.path)
    mine = [w for w in program.waivers if w.code == code and w.origin.path in files]
    return min(mine, key=lambda waiver: files.index(waiver.origin.path), default=None)
