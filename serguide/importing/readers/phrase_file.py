"""Phrase files of audio-program-generator: a phrase, a semicolon, seconds; `*` is silence."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import (
    ImportedDocument,
    ImportedParagraph,
    Uttered,
    WrittenPause,
)

_SECONDS: Final = re.compile(r"\d{1,5}(?:\.\d{1,6})?|\.\d{1,6}")
_ENOUGH: Final = 0.8
"""Of the lines that are not empty have this form."""


def is_phrase_file(text: str) -> bool:
    """Tell whether a text is a phrase file."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = sum(_phrase(line) is not None for line in lines)
    return found >= 2 and found >= _ENOUGH * len(lines)


def read_phrase_file(text: str, log: DecisionLog) -> ImportedDocument:
    """Read a phrase file: every line a paragraph, its seconds exact."""
    document = ImportedDocument("audio-program-generator")
    for number, line in enumerate(text.split("\n"), start=1):
        found = _phrase(line)
        if found is None:
            if line.strip():
                log.add(number, "left", line.strip(), "has no semicolon and seconds")
            document.paragraphs.append(ImportedParagraph(number, [Uttered(line, number)]))
            continue
        phrase, seconds = found
        paragraph = ImportedParagraph(number)
        if phrase != "*":
            paragraph.parts.append(Uttered(phrase, number))
        paragraph.parts.append(WrittenPause(f"; {seconds}", number, Fraction(seconds)))
        document.paragraphs.append(paragraph)
    return document


def _phrase(line: str) -> tuple[str, str] | None:
    """Return a line's phrase and seconds, or None where it has another form."""
    phrase, semicolon, seconds = line.rpartition(";")
    seconds = seconds.strip()
    return (phrase.strip(), seconds) if semicolon and _SECONDS.fullmatch(seconds) else None
