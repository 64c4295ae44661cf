"""Plain text: blank lines part paragraphs; underlined, capital and numbered lines are headings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, ImportedParagraph, Uttered
from serguide.script.stage_directions import directions, named

_RULE: Final = re.compile(r"\s*(?:[-=_*~#]{3,}|(?:[-=_*~] ){2,}[-=_*~])\s*")
_UNDERLINE: Final = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_NUMBERED: Final = re.compile(
    r"(?i)\s*(?:part|chapter|teil|kapitel|část|kapitola|časť|partie|chapitre|parte|capítulo)"
    r" (?:\d{1,3}|[ivx]{1,5})\b.{0,60}"
)
_TITLE: Final = re.compile(r"(?i)\s*(?:title|titel|název|názov|titre|título)\s*:\s*(.{1,120})")
_ITEM: Final = re.compile(r"\s*(?:[•·‣▪◦●○*+–—-]|\d{1,3}[.)])\s+\S")
_LONGEST_HEADING: Final = 80


def read_plain_text(text: str, log: DecisionLog) -> ImportedDocument:
    """Read plain text; a first line that stands alone and ends without a stop is the title."""
    document = ImportedDocument("text")
    lines = text.split("\n")
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip() and not _RULE.fullmatch(line):
            block.append(line)
            continue
        below = _UNDERLINE.fullmatch(line) is not None and len(block) == 1
        if block:
            _read_block(document, block, number - len(block), below, log)
            block = []
        if line.strip() and not below:
            log.add(number, "dropped", line.strip(), "a rule between parts")
    if document.title and not document.paragraphs:  # the only line is what is to be said
        number = next(at for at, line in enumerate(lines, start=1) if line.strip())
        document.paragraphs.append(ImportedParagraph(number, [Uttered(document.title, number)]))
    return document


def _read_block(
    document: ImportedDocument, block: list[str], number: int, below: bool, log: DecisionLog
) -> None:
    """Read lines that stand together, each item of a list apart; below: they are underlined."""
    starts = [at for at, line in enumerate(block) if _ITEM.match(line)]
    if len(starts) > 1:
        for start, end in pairwise(sorted({0, *starts, len(block)})):
            text = "\n".join(block[start:end])
            at = number + start
            document.paragraphs.append(ImportedParagraph(at, [Uttered(text, at)]))
        return
    paragraph = ImportedParagraph(number, [Uttered("\n".join(block), number)])
    first = not document.paragraphs and not document.title
    text = block[0].strip()
    if len(block) == 1 and first and (titled := _TITLE.fullmatch(text)):
        document.title = titled[1].strip()
        log.add(number, "taken", text, "the title")
        return
    if len(block) == 1 and _is_heading(text, below):
        paragraph.heading = 1 if first else 2
    elif len(block) == 1 and first and _is_timed_title(text):
        paragraph.heading = 1
    elif len(block) == 1 and first and _is_title(text):
        document.title = text
        log.add(number, "taken", text, "the title")
        return
    document.paragraphs.append(paragraph)


def _is_heading(text: str, below: bool) -> bool:
    if len(text) > _LONGEST_HEADING or any(True for _ in directions(text)):
        return False
    letters = [char for char in text if char.isalpha()]
    loud = len(letters) > 3 and all(char.isupper() for char in letters) and _unstopped(text)
    return bool(letters) and (below or loud or _NUMBERED.fullmatch(text) is not None)


def _is_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING
        and len(text.split()) <= 10
        and any(char.isalpha() for char in text)
        and _unstopped(text)
        and not any(True for _ in directions(text))
        and "[" not in text
    )


def _is_timed_title(text: str) -> bool:
    """Tell whether a title is followed by how long it takes, as in `The bench (12 min)`."""
    found = list(directions(text))
    return (
        len(found) == 1
        and found[0].start > 0
        and found[0].end == len(text)
        and found[0].seconds is not None
        and not named(found[0].written, "pause")
        and _is_title(text[: found[0].start].strip())
    )


def _unstopped(text: str) -> bool:
    return text[-1] not in '.!?…,;:)]”"»“'
