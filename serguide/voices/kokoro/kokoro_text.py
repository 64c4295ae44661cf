"""Prepare text so that its phonemes are what a person would say.

Measured with eSpeak NG 1.52 as the source of phonemes: “Shh” and “Hm” are spelled letter by
letter, `*` is read as “asterisk”, the hyphens of “4-7-8” as “dash”, and soft hyphens and
zero-width spaces break words apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from serguide.base.language import primary
from serguide.voices.espeak.espeak_text import prepare

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff*_`#|~\\\\]+")
_SERIES = re.compile(r"\d+(?:\s?[-–—]\s?\d+){2,}(?![\w-])")
_RANGE = re.compile(r"(?<![\w-])(\d+)\s?[-–]\s?(\d+)(?![\w-])")
_DASH = re.compile(r"[-–—]")
_TO: Final[Mapping[str, str]] = {"en": "to", "es": "a", "fr": "à", "it": "a", "pt": "a"}

# Sounds that are no words: their letters would be named one by one.
_HUSH = re.compile(r"\b[Ss]+h{1,}\b|\bPs+t\b|\bps+t\b")
_HUM = re.compile(r"\b[Hh]m+\b|\b[Mm]m+(?:-?hmm+)?\b", re.ASCII)

_MARKS = re.compile(
    r"""(?<!\b[DMS]r)(?<!\bMrs)(?<!\bMs)(?<!\bSt)[,;:.!?…—]+(?=["'”’)\]»]*(?:\s|$))"""
    r"""|\s[-–—]+\s|[—…()]|\.{3}"""
)
_STRENGTH: Final = ",—:;….!?"
"""Marks from the weakest to the strongest, of which a row of them keeps the last."""


class Clause(NamedTuple):
    """Hold words up to a mark of punctuation, and that mark; empty at the end of a text.

    sounds: the phonemes themselves, where the words are no words.
    """

    words: str
    mark: str
    sounds: str = ""


def clauses(text: str, language: str) -> Iterator[Clause]:
    """Yield a text's clauses. language: BCP 47, or one of espeak's codes."""
    plain = _without_dashes(prepare(_UNSEEN.sub("", text)), language)
    start = 0
    for found in [*_MARKS.finditer(plain), None]:
        words = plain[start : found.start() if found else len(plain)].strip()
        mark = _mark(found[0]) if found else ""
        start = found.end() if found else start
        if words or mark:
            yield from _with_sounds(words, mark)


def _without_dashes(text: str, language: str) -> str:
    """Say a series of numbers one after the other, and a range as one."""
    text = _SERIES.sub(lambda found: _DASH.sub(", ", found[0]), text)
    to = _TO.get(primary(language), ",")
    return _RANGE.sub(rf"\1 {to} \2" if to != "," else r"\1, \2", text)


def _mark(marks: str) -> str:
    known = [mark for mark in marks.replace("...", "…").strip() if mark in _STRENGTH]
    if known:
        return max(known, key=_STRENGTH.index)
    return "," if marks in "()" else "—"


def _with_sounds(words: str, mark: str) -> Iterator[Clause]:
    """Yield a clause in parts, those of them that are no words as sounds."""
    start = 0
    sounds = sorted(
        [
            *((found, "ʃˈːː") for found in _HUSH.finditer(words)),
            *((found, "hˈəm") for found in _HUM.finditer(words)),
        ],
        key=lambda pair: pair[0].start(),
    )
    for found, phonemes in sounds:
        if before := words[start : found.start()].strip():
            yield Clause(before, "")
        start = found.end()
        yield Clause(found[0], "" if words[start:].strip() else mark, phonemes)
    if rest := words[start:].strip():
        yield Clause(rest, mark)
    elif not sounds:
        yield Clause("", mark)
