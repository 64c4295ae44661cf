"""Marks and numbers of lists in documents that have them as text: they are not spoken.

A number counts as a list's only where the next or the last item goes on counting: “3. Mai” is a
date.
"""

from __future__ import annotations

import re
from typing import Final

from serguide.importing.decisions import DecisionLog
from serguide.importing.document import ImportedDocument, Uttered

_MARK: Final = re.compile(r"[ \t]*([•·‣▪◦●○*+–—-])[ \t]+(?=\w|[\"“„«(\[])")
_NUMBER: Final = re.compile(r"[ \t]*(\d{1,3})[.)][ \t]+(?=\S)")


def drop_list_marks(document: ImportedDocument, log: DecisionLog) -> None:
    """Take the marks of lists out of a document, in place."""
    lines = [
        (paragraph, index, number, text)
        for paragraph in document.paragraphs
        for index, part in enumerate(paragraph.parts)
        if isinstance(part, Uttered)
        for number, text in enumerate(part.text.split("\n"))
        if index == 0 or number
    ]
    counted = [found for *_, text in lines if (found := _NUMBER.match(text))]
    values = [int(found[1]) for found in counted]
    listed = {
        id(found)
        for at, found in enumerate(counted)
        if (at and values[at - 1] + 1 == values[at])
        or (at + 1 < len(values) and values[at] + 1 == values[at + 1])
    }
    by_text = {id(found.string): found for found in counted if id(found) in listed}
    for paragraph, index, number, text in lines:
        found = by_text.get(id(text)) or _MARK.match(text)
        if not found:
            continue
        part = paragraph.parts[index]
        assert isinstance(part, Uttered)
        line = part.line + (number if document.unit == "line" else 0)
        log.add(line, "taken", found[0].strip(), "a list's mark, not spoken")
        rows = part.text.split("\n")
        rows[number] = text[found.end() :]
        paragraph.parts[index] = Uttered("\n".join(rows), part.line)
