"""Tell in which languages no natural voice of this machine speaks, and what could be got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from serguide.base.hints import Hint, remedies_of

if TYPE_CHECKING:
    from serguide.script.program import SessionProgram


def told_of_voices(program: SessionProgram) -> Iterator[str]:
    """Yield a line for each language of a session that espeak speaks for want of a natural voice.

    Nothing where somebody named the voice, or where this machine has no natural voice at all.
    """
    from serguide.base.language import primary
    from serguide.voices.natural import lacking

    if not program.voice_chosen:
        return
    tracks = (*program.tracks, program.ground)
    languages = [program.language, *(track.language for track in tracks)]
    for language in dict.fromkeys(map(primary, languages)):
        if found := lacking(language):
            message, hint = found
            yield Hint(f"{message} {hint}", *remedies_of(hint))
