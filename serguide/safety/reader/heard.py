"""Texts as a listener hears them, whatever stands between their letters, and long ones in parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

LONG_WORDS: Final = 24
"""Words above which a sentence is read in parts too: much that is harmless hides a little harm."""

_PART_WORDS = 18
_TOO_LONG_WORDS, _TOO_LONG_CHARS = 60, 600
"""Above these a text is read in parts only: what it costs to read grows with the square."""

_JOINED = re.compile(r"(?<=[^\W\d_])(_+|,|;|…|\.{2,}|[—–/])(?=[^\W\d_])")
_HYPHENATED = re.compile(r"\w+(?:-\w+){2,}")
_CLAUSE_END = re.compile(r"(?<=[,;:—–…])\s+")


def as_heard(text: str) -> str:
    """Return a text without invisible characters, and with spaces where words were joined.

    “You_did_this” and “You-did-this” are spoken as three words.
    """
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    spaced = _JOINED.sub(lambda found: f"{found[1].replace('_', '')} ", seen)
    return _HYPHENATED.sub(lambda found: found[0].replace("-", " "), spaced)


def words_in(text: str) -> int:
    """Return how many words are heard."""
    return len(as_heard(text).split())


def readable(text: str) -> bool:
    """Tell whether a text, as heard, is short enough to be read in one."""
    return len(text.split()) <= _TOO_LONG_WORDS and len(text) <= _TOO_LONG_CHARS


def parts_of(text: str) -> Iterator[str]:
    """Yield the parts of a long text, as heard, cut where its clauses end; none of a short one."""
    if len(text.split()) <= LONG_WORDS and readable(text):
        return
    part = list[str]()
    for clause in _CLAUSE_END.split(text):
        words = [word[:_TOO_LONG_CHARS] for word in clause.split()]
        if part and len(part) + len(words) > _PART_WORDS:
            yield " ".join(part)[:_TOO_LONG_CHARS]
            part = []
        part += words
        while len(part) > _PART_WORDS:
            yield " ".join(part[:_PART_WORDS])[:_TOO_LONG_CHARS]
            part = part[_PART_WORDS:]
    if part:
        yield " ".join(part)[:_TOO_LONG_CHARS]
