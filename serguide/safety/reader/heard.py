"""Texts as a listener hears them, whatever stands between their letters, and long ones in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from serguide.base.normal_form import normalized
from serguide.base.word_count import count_words
from serguide.safety.lexicon.folding import EMPHASIS

_LONG_WORDS = 24
"""Words above which a sentence is read in parts too: much that is harmless hides a little harm."""

_PART_WORDS = 18
_TOO_LONG_WORDS, _TOO_LONG_CHARS = 60, 600
"""Above these a text is read in parts only: what it costs to read grows with the square."""

_FLOOD = re.compile(r"([^\w\s])(?:\s*[^\w\s]){5,}")
"""Signs in a row, of which the first is heard, if any."""

_JOINED = re.compile(r"(?<=[^\W\d_])(_+|,|;|…|\.{2,}|[—–/])(?=[^\W\d_])")
_HYPHENATED = re.compile(r"\w+(?:-\w+){2,}")
_CLAUSE_END = re.compile(r"(?<=[,;:—–…])\s+")


def as_heard(text: str) -> str:
    """Return a text in its normal form, with spaces where words were joined.

    “You_did_this” and “You-did-this” are spoken as three words.
    """
    calm = _FLOOD.sub(r"\1", EMPHASIS.sub("", normalized(text)))
    spaced = _JOINED.sub(lambda found: f"{found[1].replace('_', '')} ", calm)
    return _HYPHENATED.sub(lambda found: found[0].replace("-", " "), spaced)


def words_in(text: str) -> int:
    """Return how many words are heard."""
    return count_words(as_heard(text))


def readable(text: str) -> bool:
    """Tell whether a text, as heard, is short enough to be read in one."""
    return len(text.split()) <= _TOO_LONG_WORDS and len(text) <= _TOO_LONG_CHARS


def parts_of(text: str) -> Iterator[str]:
    """Yield the parts of a long text, as heard, cut where its clauses end; none of a short one."""
    if len(text.split()) <= _LONG_WORDS and readable(text):
        return
    part = list[str]()
    for clause in _CLAUSE_END.split(text):
        words = [piece for word in clause.split() for piece in _pieces(word)]
        if part and not _fits([*part, *words]):
            yield " ".join(part)
            part = []
        for word in words:
            if part and not _fits([*part, word]):
                yield " ".join(part)
                part = []
            part.append(word)
    if part:
        yield " ".join(part)


def _pieces(word: str) -> Iterator[str]:
    for start in range(0, len(word), _TOO_LONG_CHARS):
        yield word[start : start + _TOO_LONG_CHARS]


def _fits(words: list[str]) -> bool:
    return len(words) <= _PART_WORDS and len(" ".join(words)) <= _TOO_LONG_CHARS
