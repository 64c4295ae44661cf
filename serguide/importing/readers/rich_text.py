r"""Rich text (.rtf) through striprtf, with told what that would lose or speak.

striprtf knows neither outline levels nor tracked deletions nor hidden text. The first are marked
for it; a file with the others is refused in words, because they would be spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from striprtf.striprtf import rtf_to_text

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, ImportedParagraph, Uttered
from serguide.importing.readers.failing import AS_TEXT, refuse

LARGEST: Final = 4_000_000
"""Bytes without pictures; striprtf reads a million in a second or two."""

_PICTURE: Final = re.compile(rb"[0-9a-fA-F\s]{512,}")
_LEVEL: Final = "\ufdd6"  # no character; stands before the level of a heading
_MARKED: Final = re.compile(
    r"\\\\|\\(?:nest)?(cell)(?![a-z])|\\outlinelevel([0-8])(?!\d) ?"
    r"|(\{\\field)(?=\s*\{)|(\\f)(?=\d)"
)
_DELETED: Final = re.compile(r"(?<!\\)(?:\\\\)*\\deleted(?![a-z0-9-])")
_HIDDEN: Final = re.compile(r"(?<!\\)(?:\\\\)*\\v(?![a-z0-9-])")
_APART: Final = re.compile(r"\{(?:\\\*)?\\(footnote|annotation|header[lrf]?|footer[lrf]?)(?![a-z])")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_PAGE: Final = re.compile(rb"\\ansicpg(\d{3,5})")
_ACCEPT: Final = "Accept or reject all changes there and save again, or save it as .docx."


def read_rich_text(data: bytes, name: str, log: DecisionLog) -> ImportedDocument:
    """Read rich text. Raises DocumentError."""
    pictures = len(re.findall(rb"\\pict(?![a-z])", data))
    data = _PICTURE.sub(b"", data)
    if len(data) > LARGEST:
        refuse(name, f"is larger than {LARGEST // 1_000_000} MB without its pictures")
    page = _PAGE.search(data)
    text = data.decode(_known(f"cp{page[1].decode()}" if page else "cp1252"), "replace")
    if _DELETED.search(text):
        refuse(name, "holds deletions under tracked changes, which would be spoken", _ACCEPT)
    if _HIDDEN.search(text):
        refuse(name, "holds hidden text, which would be spoken", AS_TEXT)
    for what, group in _apart(text):
        if words := " ".join(_plain("{\\rtf1 " + group + "}", name).split()):
            log.add(0, "dropped", words, f"a {what}; save the document as .docx to keep it")
    if pictures:
        log.add(0, "dropped", f"{pictures} pictures", "pictures")
    document = ImportedDocument("RTF", unit="paragraph")
    for number, line in enumerate(_plain(_MARKED.sub(_mark, text), name).split("\n"), start=1):
        head, marked, rest = line.partition(_LEVEL)
        heading = int(rest[0]) + 1 if marked else 0
        words = head + rest[1:] if marked else line
        document.paragraphs.append(
            ImportedParagraph(number, [Uttered(words.replace(_LEVEL, ""), number)], heading)
        )
    return document


def _known(encoding: str) -> str:
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _mark(found: re.Match[str]) -> str:
    r"""Mark headings, make paragraphs of cells, and end lines before what striprtf searches.

    Its patterns for links and fonts look to the line's end from each; so a line holds one.
    """
    if found[1]:
        return r"\par "
    if found[2]:
        return f"{found[0].strip()} {_LEVEL}{found[2]}"
    if found[3]:
        return found[3] + "\n"
    return "\n" + found[4] if found[4] else found[0]


def _apart(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands apart from the text, such as footnotes: (what, its inside)."""
    for found in _APART.finditer(text):
        depth = 1
        for brace in _BRACE.finditer(text, found.end()):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if depth == 0:
                yield found[1], text[found.end() : brace.start()]
                break


def _plain(text: str, name: str) -> str:
    """Return the text of rich text; pairs of surrogates are the characters that they stand for."""
    try:
        plain: str = rtf_to_text(text, errors="replace")  # type: ignore[no-untyped-call]
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except (ValueError, IndexError, OverflowError, LookupError, TypeError):
        refuse(name, "is damaged rich text")
