"""Prepare text so that Piper speaks all of it, and nothing in it is a command.

Measured with piper-tts 1.8: an ellipsis is dropped and joins the words around it (“Rest… and” is
one word), as do three full stops; `[[…]]` is read as phonemes. What espeak has to be spared
(control characters, runs and clauses without end) holds here too, because Piper asks espeak for
its phonemes.
"""

from __future__ import annotations

import re
from typing import Final

from serguide.voices.espeak.espeak_text import prepare

# Soft hyphens and what has no width part a word's phonemes.
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ELLIPSIS: Final = re.compile(r"\s*(?:…|\.(?:\s?\.){2,})[.…]*\s*(?P<next>\S?)")
_OPENING: Final = re.compile(r"\[(?=\[)|\](?=\])")
_AGAIN: Final = re.compile(r"([,;:.!?])\s*[,.](?=\s|$)")


def piper_text(text: str) -> str:
    """Return a text with pauses that Piper makes, on one line; empty without a letter or digit."""
    plain = _OPENING.sub(r"\g<0> ", _UNSEEN.sub("", text))
    plain = _AGAIN.sub(r"\1", _ELLIPSIS.sub(_paused, plain)).lstrip(" ,.")
    prepared = prepare(plain)
    return prepared if any(letter.isalnum() or ord(letter) > 0x2000 for letter in plain) else ""


def _paused(found: re.Match[str]) -> str:
    """Return what an ellipsis is spoken as: the end of a sentence, or a comma before more of it."""
    following = found["next"]
    if not following:
        return "."
    return f", {following}" if following.islower() else f". {following}"
