"""Choose the size of a sheet's type: the largest at which all of it stands on one page.

That page is as narrow as A4 and as low as Letter: who prints on the other paper gets one page, too.

HTML cannot ask a printer how much it took, so the heights are estimated here, with the widths of a
wide font (DejaVu Sans); with a narrower one more room is left for notes. A test prints sheets from
the emptiest to the fullest and counts their pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from serguide.handout.paper import PAPERS
from serguide.handout.sheet import Sheet

SIZES = (10.4, 10.0, 9.6, 9.2, 8.8, 8.4, 8.0, 7.6, 7.2)
"""Points, largest first; the last is taken whatever there is to say."""

LINE_HEIGHT = 1.32
WIDTH = min(paper.width for paper in PAPERS.values())
HEIGHT = min(paper.height for paper in PAPERS.values())
"""Of the page that is filled at most, mm."""

GAP = 8.0
"""Between two columns, mm."""

CODE = 30.0
"""The QR code's side, mm, and the room beside it for its words."""

_CODE_WORDS = 42.0
_POINT = 0.3528  # mm
_WIDTH = 0.47  # of a character, in parts of the type's size, with what is lost at line ends
_HEADING, _TITLE, _ROOM = 1.22, 2.1, 1.14  # sizes of type in parts of the text's
_NOTES = 8.0  # mm; 14.5 are ruled, the rest is won from lines that are reckoned longer


def size_for(sheet: Sheet, url: str = "") -> float:
    """Return the size of type in points; url: as on the sheet."""
    fitting = (size for size in SIZES if height_of(sheet, size, url) <= HEIGHT)
    return next(fitting, SIZES[-1])


def height_of(sheet: Sheet, size: float, url: str = "") -> float:
    """Return how high a sheet is at a size of type, mm, with the least room for notes."""
    line = size * _POINT * LINE_HEIGHT
    column = (WIDTH - GAP) / 2
    say = sheet.words.say

    def lines(text: str, width: float, scale: float = 1.0) -> float:
        """Return the height of a text, mm."""
        taken = math.ceil(len(text) * size * _POINT * scale * _WIDTH / width)
        return max(1, taken) * line * scale

    def heading(text: str, width: float) -> float:
        return lines(text, width, _HEADING) + 0.3 * line

    def paragraphs(texts: Iterable[str], width: float, scale: float = 1.0) -> float:
        return sum(lines(text, width, scale) + 0.27 * line for text in texts)

    beside = WIDTH - (CODE + _CODE_WORDS + GAP if url else 0)
    head = lines(sheet.title, beside, _TITLE)
    head += paragraphs((text for text in (sheet.made_for, sheet.facts, sheet.note) if text), beside)
    if sheet.practice.name:
        head += max(11.0 if sheet.practice.logo else 0.0, 2 * line) + 2.5
    if url:
        head = max(head, CODE, paragraphs((say("handout.scan"), url), _CODE_WORDS, 0.86))

    texts = [say("handout.what"), sheet.about, say("handout.parts") + " · ".join(sheet.parts)]
    both = heading("", column) + paragraphs(filter(None, texts), column)
    both += heading("", column) + paragraphs(sheet.how, column - 1.25 * size * _POINT) + 2.2
    if sheet.cautions:
        both += heading("", column) + paragraphs(sheet.cautions, column) + 2.2
    columns = both / 2 + 1.5 * line  # what cannot be divided evenly

    inside = WIDTH - 9.5
    room = heading("", inside) + paragraphs(
        (say("handout.room about"), say("handout.room after")), inside
    )
    room += paragraphs(sheet.room, inside - 2 * size * _POINT, _ROOM) + 0.7 * line + 6.0

    call = heading("", inside) + lines(say("call now", number=sheet.calls.danger), WIDTH)
    rows = [f"{row.country} · {row.number} {row.text}" for row in sheet.calls.rows]
    listed = paragraphs(rows, (column if sheet.calls.several else WIDTH) - size * _POINT)
    call += listed / 2 + 1.5 * line if sheet.calls.several else listed
    call += paragraphs((f"{sheet.elsewhere} ({sheet.calls.checked})",), WIDTH)
    call += (
        paragraphs((f"{sheet.supervised_by} · {say('handout.telephone')}: ",), column - 20) + 3.0
    )

    notes = heading("", inside) + lines(say("handout.notes about"), WIDTH) + _NOTES
    gaps = 6.6 + 3 + 3 * 3.5
    return head + columns + room + call + notes + gaps
