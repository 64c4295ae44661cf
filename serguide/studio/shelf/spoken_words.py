"""Words of a part as a person reads them: without pauses, without what is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from serguide.script.cues import IncludeCue, SayCue
from serguide.script.models import Script, Session
from serguide.script.sentence_split import split_sentences

_LAST: Final = re.compile(r",?\s*\{[^}]*\}(?=[.!?…])")
"""What is filled in at a sentence's end; the comma before it goes along."""

_MARKUP: Final = re.compile(r"\s*\[[^\]]*\]|\{[^}]*\},?\s*")
_DEEPEST: Final = 8


def plain_words(text: str) -> str:
    """Return a spoken text in one line, without `[2s]` and `{name}`."""
    return " ".join(_MARKUP.sub(" ", _LAST.sub("", text)).split())


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its defaults filled in, where it has some."""
    for key, value in values.items():
        if value:
            text = text.replace(f"{{{key}}}", value)
    return text


def first_sentence(
    script: Script, known: Callable[[str], Script | Session | None], deepest: int = _DEEPEST
) -> str:
    """Return the first sentence that is spoken in a part, or in what it includes; may be empty.

    known: returns a script by its name, None for one that cannot be read.
    """
    for cue in script.cues:
        if isinstance(cue, SayCue):
            said = plain_words(_filled(cue.say, script.values))
            sentences = split_sentences(said, script.language)
            if sentences:
                first = sentences[0].strip()
                return first[:1].upper() + first[1:]
        elif isinstance(cue, IncludeCue) and deepest:
            inner = known(cue.include)
            found = first_sentence(inner, known, deepest - 1) if isinstance(inner, Script) else ""
            if found:
                return found
    return ""
