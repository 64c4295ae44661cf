"""Lengths and readings of what writers leave open: options, each with a default that is told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from serguide.importing.document import Unsaid

PlainNumbers = Literal["guess", "seconds", "milliseconds"]
Brackets = Literal["notes", "spoken"]

MILLISECONDS_FROM: Final = 100
"""A number without a unit is milliseconds from here on, unless something else is asked for."""

CALLED: Final[dict[Unsaid, str]] = {
    "ellipsis": "an ellipsis (…)",
    "pause": "a pause without a length",
    "short": "a short pause",
    "long": "a long pause",
    "breath": "a breath's pause",
}
"""How open silences are called in questions and reports."""

DEFAULTS: Final[dict[Unsaid, Fraction]] = {
    "ellipsis": Fraction(2),
    "pause": Fraction(5),
    "short": Fraction(3),
    "long": Fraction(10),
    "breath": Fraction(8),
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Settle what is open.

    lengths: seconds of each open silence that was asked for, 0 for none; numbers: what a number
    without a unit counts; brackets: whether words in [square brackets] are notes or spoken;
    encoding: of files that do not say theirs; language, kind, name: of the scripts, empty to
    have them proposed; split: each top heading begins a script of its own, not a chapter.
    """

    lengths: tuple[tuple[Unsaid, Fraction], ...] = ()
    numbers: PlainNumbers = "guess"
    brackets: Brackets = "notes"
    encoding: str = ""
    language: str = ""
    kind: str = ""
    name: str = ""
    split: bool = False

    def length(self, unsaid: Unsaid) -> Fraction:
        """Return the seconds of an open silence."""
        return dict(self.lengths).get(unsaid, DEFAULTS[unsaid])

    def asked_for(self, unsaid: Unsaid) -> bool:
        """Tell whether the length was given, and is no default."""
        return unsaid in dict(self.lengths)
