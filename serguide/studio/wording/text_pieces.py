"""Text of a say cue as pieces: words, values and pauses, which the screen shows as chips."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from serguide.base.normal_form import normalized
from serguide.base.units import LONGEST, format_time
from serguide.script.text import InlinePause, Slot, TextError, Words, parse_text

CHIP = "\ufffc"
"""Stands for a chip where a text is counted: the object replacement character."""

_BRACKETS = re.compile(r"[\[\]{}]")
_NAME = r"^[^\W\d]\w*$"


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WordsPiece(_Closed):
    """Hold words; as_written: brackets in them are the script's own, because they were faulty."""

    words: Annotated[str, Field(max_length=100_000)]
    as_written: bool = False


class ValueChip(_Closed):
    """Stand for a value, such as the client's name."""

    value: Annotated[str, Field(pattern=_NAME, max_length=80)]


class PauseChip(_Closed):
    """Be silent for an exact time within a text; pause: seconds."""

    pause: Annotated[float, Field(ge=0, le=float(LONGEST), allow_inf_nan=False)]


TextPiece = WordsPiece | ValueChip | PauseChip


def pieces_of(text: str) -> tuple[TextPiece, ...]:
    """Cut a text into pieces; one with a faulty bracket stays whole, as it is written."""
    whole = " ".join(normalized(text).split())
    try:
        parsed = parse_text(whole)
    except TextError:
        return (WordsPiece(words=whole, as_written=True),)
    return tuple(_piece(piece) for piece in parsed)


def _piece(piece: Words | Slot | InlinePause) -> TextPiece:
    if isinstance(piece, Slot):
        return ValueChip(value=piece.name)
    if isinstance(piece, InlinePause):
        return PauseChip(pause=float(piece.length))
    return WordsPiece(words=piece.text)


def text_of(pieces: Iterable[TextPiece]) -> str:
    """Write pieces as a script does, on one line; brackets in words are doubled."""
    written = []
    for piece in pieces:
        if isinstance(piece, ValueChip):
            written.append(f"{{{piece.value}}}")
        elif isinstance(piece, PauseChip):
            written.append(f" [{format_time(Fraction(str(piece.pause)))}] ")
        elif piece.as_written:
            written.append(piece.words)
        else:
            written.append(_BRACKETS.sub(lambda found: found[0] * 2, piece.words))
    return " ".join("".join(written).split())


def slots_in(pieces: Iterable[TextPiece]) -> tuple[str, ...]:
    """Return the values that are named, each once."""
    named = (piece.value for piece in pieces if isinstance(piece, ValueChip))
    return tuple(dict.fromkeys(named))


def counted(pieces: Iterable[TextPiece]) -> str:
    """Return a text in which each chip is one character, as positions on the screen count."""
    return "".join(piece.words if isinstance(piece, WordsPiece) else CHIP for piece in pieces)
