"""Write captions.vtt and ground.vtt: one caption a sentence, at the times it is spoken.

The format is W3C WebVTT (https://www.w3.org/TR/webvtt1/).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, combinations, pairwise

from serguide.base.printable import seen
from serguide.base.units import SAMPLERATE, Samples
from serguide.bundle.model import Contents
from serguide.timeline.model import Event

LINE = 42
"""Characters that a caption's line holds at 21 px on a narrow phone, about."""

MOST_LINES = 3
"""Lines that a caption may take; a longer sentence gets longer lines, not more of them."""

# All white space but the no-break spaces, which keep a French “?” or a Czech “v” in its line.
_BREAKABLE = re.compile(r"[\t\n\v\f\r \x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029]+")
_PAUSES = frozenset(",;:.!?…—–、。，；：？！")
_UNNATURAL = 16
"""Columns by which lines may rather be uneven than broken in the middle of a phrase."""

_NO_LINE_STARTS_WITH = frozenset("、。，．・：；？！）］｝」』】〉》ー々…—")


def captions_vtt(contents: Contents) -> str:
    """Write the captions of a session, as the text of a WebVTT file."""
    program = contents.timeline.program
    placed = ((start, end, event) for _, start, end, event in contents.events())
    return _vtt(program.title, program.language, placed)


def ground_vtt(contents: Contents) -> str:
    """Write the captions of the ground track, as the text of a WebVTT file."""
    program = contents.timeline.ground.program
    return _vtt(program.title, program.language, contents.ground_events())


def _vtt(title: str, language: str, placed: Iterable[tuple[Samples, Samples, Event]]) -> str:
    head = f"WEBVTT {_escaped(_plain(title))}".rstrip()
    parts = [head, f"NOTE Language: {_escaped(_plain(language))}"]
    last = 0
    number = 0
    for start, end, event in placed:
        text = _plain(event.text)
        if event.kind != "say" or not text:
            continue
        number += 1
        # Rounding keeps order, so only a sentence shorter than a millisecond can collide.
        first = max(_milliseconds(start), last)
        last = max(_milliseconds(end), first + 1)
        lines = "\n".join(_escaped(line) for line in broken(text))
        parts.append(f"{number}\n{_clock(first)} --> {_clock(last)}\n{lines}")
    return "\n\n".join(parts) + "\n"


@lru_cache(maxsize=4096)
def broken(text: str) -> tuple[str, ...]:
    """Break a sentence into at most MOST_LINES lines, where one would draw breath.

    It takes as few lines as hold LINE characters each, and breaks them behind a comma or the
    like where that leaves them of similar width; a sentence too long for that takes all its
    lines, as short as its words allow. Characters twice as wide count as two. Kept: a session's
    sentences are broken for its page and its captions, and again for the next client.
    """
    pieces = _pieces(text)
    longest = max((_width(piece) for piece, _ in pieces), default=0)
    whole = _width(text)
    if whole <= LINE:
        return tuple(_filled(pieces, whole))
    for count in range(2, MOST_LINES + 1):
        lines = _fewest_columns(pieces, count, longest, whole)
        if max(map(_width, lines), default=0) <= LINE:
            return tuple(_most_natural(pieces, count))
    return tuple(lines)


def _most_natural(pieces: list[tuple[str, str]], count: int) -> list[str]:
    """Return the best of all layouts in `count` lines of at most LINE; there must be one."""
    at = list(accumulate((_width(glue + piece) for piece, glue in pieces), initial=0))
    pauses = {place for place, (piece, _) in enumerate(pieces, 1) if piece[-1:] in _PAUSES}

    def cost(breaks: tuple[int, ...]) -> float:
        bounds = (0, *breaks, len(pieces))
        widths = [at[end] - at[start] - _width(pieces[start][1]) for start, end in pairwise(bounds)]
        if max(widths) > LINE:
            return math.inf
        uneven = sum(abs(width - sum(widths) / count) for width in widths)
        return uneven + _UNNATURAL * sum(place not in pauses for place in breaks)

    breaks = min(combinations(range(1, len(pieces)), count - 1), key=cost)
    return [
        "".join(glue + piece for piece, glue in pieces[start:end]).removeprefix(pieces[start][1])
        for start, end in pairwise((0, *breaks, len(pieces)))
    ]


def _fewest_columns(pieces: list[tuple[str, str]], count: int, low: int, high: int) -> list[str]:
    """Return the lines of the narrowest layout that takes no more than `count` of them."""
    while low < high:
        middle = (low + high) // 2
        if len(_filled(pieces, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _filled(pieces, high)


def _filled(pieces: list[tuple[str, str]], columns: int) -> list[str]:
    lines: list[str] = []
    for piece, glue in pieces:
        if lines and _width(lines[-1] + glue + piece) <= columns:
            lines[-1] += glue + piece
        else:
            lines.append(piece)
    return lines


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return what must not be broken, each with what joins it to the piece before."""
    pieces: list[tuple[str, str]] = []
    for word in text.split(" "):
        glue = " "
        piece = ""
        for character in word:
            # Chinese, Japanese and Korean are written without spaces, and break anywhere but
            # before closing punctuation.
            wide = _width(character) == 2 or (piece and _width(piece[-1]) == 2)
            if piece and wide and character not in _NO_LINE_STARTS_WITH:
                pieces.append((piece, glue))
                piece, glue = "", ""
            piece += character
        pieces.append((piece, glue))
    return pieces


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _plain(text: str) -> str:
    """Return the text in one line; a blank line would end the caption."""
    return seen(_BREAKABLE.sub(" ", text)).strip(" ")


def _escaped(text: str) -> str:
    """Escape what WebVTT would read as markup; with `>` gone no `-->` is left either."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _milliseconds(count: int) -> int:
    return round(Fraction(count * 1000, SAMPLERATE))


def _clock(milliseconds: int) -> str:
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
