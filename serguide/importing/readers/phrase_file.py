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

_PHRASE: Final = re.compile(r"\s*(.*?)\s*;\s*(\d{1,5}(?:\.\d{1,6})?|\.\d{1,6})\s*")
_ENOUGH: Final = 0.8
"""Of the lines that are not empty have this form."""


def is_phrase_file(text: str) -> bool:
    """Tell whether a text is a phrase file."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = sum(_PHRASE.fullmatch(line) is not None for line in lines)
    return found >= 2 and found >= _ENOUGH * len(lines)


def read_phrase_file(text: str, log: DecisionLog) -> ImportedDocument:
    """Read a phrase file: every line a paragraph, its seconds exact."""
    document = ImportedDocument("audio-program-generator")
    for number, line in enumerate(text.split("\n"), start=1):
        found = _PHRASE.fullmatch(line)
        if not found:
            if line.strip():
                log.add(number, "left", line.strip(), "has no semicolon and seconds")
            document.paragraphs.append(ImportedParagraph(number, [Uttered(line, number)]))
            continue
        paragraph = ImportedParagraph(number)
        if found[1] != "*":
            paragraph.parts.append(Uttered(found[1], number))
        length = Fraction(found[2])
        paragraph.parts.append(WrittenPause(f"; {found[2]}", number, length))
        document.paragraphs.append(paragraph)
    return document
