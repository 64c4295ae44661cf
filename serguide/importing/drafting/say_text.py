"""Text of a say cue, of words, blanks and inline pauses, without any fault that the check names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from serguide.base.units import format_time
from serguide.importing.notation.scanner import DOTS
from serguide.script.stage_directions import directions
from serguide.script.text_faults import CUE, is_quoted

_BRACKETS: Final = re.compile(r"[\[\]{}]")
_MANY: Final = re.compile(rf"{DOTS}(?: ?{DOTS})+")


@dataclass(slots=True)
class SayText:
    """Collect what one cue says.

    pieces: words, written as scripts write them, and inline pauses in seconds; plain: the words
    alone, as the document has them.
    """

    pieces: list[str | Fraction] = field(default_factory=list)
    plain: str = ""

    def words(self, text: str) -> None:
        """Add words."""
        self.plain += text
        self._add(_BRACKETS.sub(lambda found: found[0] * 2, text))

    def blank(self, name: str) -> None:
        """Add a placeholder."""
        self.plain += name
        self._add(f"{{{name}}}")

    def pause(self, length: Fraction) -> None:
        """Add an inline pause; one behind another makes it longer."""
        if self.pieces and isinstance(last := self.pieces[-1], Fraction):
            self.pieces[-1] = last + length
        else:
            self.pieces.append(length)

    def _add(self, text: str) -> None:
        if self.pieces and isinstance(last := self.pieces[-1], str):
            self.pieces[-1] = last + text
        else:
            self.pieces.append(text)

    @property
    def is_spoken(self) -> bool:
        """Tell whether there is anything to say."""
        return any(char.isalnum() for char in self.plain)

    def segments(self) -> list[str | Fraction]:
        """Return the text as it is written, cut at its pauses only where it must be.

        A stage direction that two stretches of words make across a pause would be a fault.
        """
        pieces = [_tidy(piece) if isinstance(piece, str) else piece for piece in self.pieces]
        pieces = [piece for piece in pieces if piece != ""]
        whole = _written(pieces)
        if any(True for _ in directions(whole)):
            return pieces
        return [whole] if whole else []


def without_quotes(text: str) -> str:
    """Return a text without the quotation marks that it stands in as a whole."""
    while is_quoted(text.strip()):
        text = text.strip()[1:-1].strip()
    return text


def _written(pieces: list[str | Fraction]) -> str:
    return " ".join(
        piece if isinstance(piece, str) else f"[{format_time(piece)}]" for piece in pieces
    )


def _tidy(text: str) -> str:
    """Return words on one line; a dash before a cue's name is no longer that of a cue."""
    text = " ".join(text.split()).replace(f" {DOTS}", DOTS)
    text = _MANY.sub(DOTS, text).replace(DOTS, "…")
    while CUE.search(text):  # once, and again where two of them overlap
        text = CUE.sub(lambda found: found[0].replace("-", "–", 1), text)
    return text
