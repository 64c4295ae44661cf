"""Cleaning of words: characters that are not seen are taken out, and told."""

from __future__ import annotations

import re
from typing import Final

from serguide.base.normal_form import without_unheard
from serguide.base.printable import INVISIBLE
from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, Remark, Uttered

_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NO_TEXT: Final = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe-\U0001ffff]")


def unix_lines(text: str) -> str:
    """Return a text whose lines all end in a line feed."""
    return _BREAKS.sub("\n", text)


def clean(text: str) -> str:
    """Return a text without what is not seen; every white space but a line's end is a space."""
    text = _SPACES.sub(" ", unix_lines(text))
    return _NO_TEXT.sub("", INVISIBLE.sub("", without_unheard(text)))


def clean_document(document: ImportedDocument, log: DecisionLog) -> None:
    """Clean all words of a document, in place."""
    for paragraph in document.paragraphs:
        for index, part in enumerate(paragraph.parts):
            if isinstance(part, Uttered):
                kept = clean(part.text)
                if lost := len(unix_lines(part.text)) - len(kept):
                    written = f"{lost} character{'' if lost == 1 else 's'}"
                    log.add(part.line, "dropped", written, "not seen, and no part of any word")
                paragraph.parts[index] = Uttered(kept, part.line)
            elif isinstance(part, Remark):
                paragraph.parts[index] = Remark(
                    " ".join(clean(part.text).split()), part.line, part.why
                )
    document.title = " ".join(clean(document.title).split())
    document.pronounce = {
        " ".join(clean(word).split()): " ".join(clean(spoken).split())
        for word, spoken in document.pronounce.items()
    }
