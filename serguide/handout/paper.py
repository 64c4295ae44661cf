"""Choose the paper of a sheet: its size by country, and what of it can be written on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from serguide.base.language import region

PaperName = Literal["a4", "letter"]

LETTER_COUNTRIES = frozenset(
    ("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
)
"""ISO 3166 countries that print on US Letter (Unicode CLDR, `paperSize`)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold a paper: its name for people and in CSS, and width and height inside the margins, mm."""

    label: str
    css: str
    width: float
    height: float


MARGINS = "12mm 15mm"

PAPERS: dict[PaperName, Paper] = {
    # 297 and 279.4 mm less the margins, and a little less: printers round.
    "a4": Paper("A4", "A4", 180, 271),
    "letter": Paper("Letter", "letter", 185.9, 253.5),
}


def paper_for(locale: str) -> PaperName:
    """Return the paper that is usual where a locale (BCP 47) is; A4 where that is not known."""
    return "letter" if region(locale) in LETTER_COUNTRIES else "a4"
