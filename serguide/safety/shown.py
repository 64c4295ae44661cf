"""Texts that a client reads: titles, chapters and `about`, which are read like what is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serguide.script.program import Chapter, Origin

if TYPE_CHECKING:
    from serguide.safety.subject import Subject, TrackSubject


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold a text that is shown; where: in words; track: the file of the step, or none."""

    text: str
    where: str
    origin: Origin
    language: str
    track: str = ""


def shown(subject: Subject, tracks: tuple[TrackSubject, ...]) -> Iterator[Shown]:
    """Yield what is shown of a session and of some of its steps; a lone script's once."""
    program = subject.program
    if not subject.alone:
        yield Shown(program.title, "the title", subject.origin, program.language)
        yield Shown(program.about, "`about`", subject.origin, program.language)
    for track in tracks:
        step, path = track.program, track.program.path
        yield Shown(step.title, "the title", track.origin, step.language, path)
        yield Shown(step.about, "`about`", track.origin, step.language, path)
        for item in step.items:
            if isinstance(item, Chapter):
                yield Shown(item.title, "a chapter", item.origin, step.language, path)
