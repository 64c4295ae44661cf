"""Folding of texts for word lists: what is written differently and read as the same is the same.

Case, kinds of apostrophes and hyphens, `_`, ß and ss; signs of emphasis (`*must*`), the numbers of
footnotes, and the hyphens at which a PDF broke its lines are passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_ALIKE: Final = str.maketrans(
    dict.fromkeys("’‘‛`´′ʼʹʻ＇՚ꞌ", "'")
    | dict.fromkeys("‐‑−", "-")
    # What `re.IGNORECASE` would take for them.
    | {"İ": "i", "ı": "i", "ſ": "s"}
)
"""Characters that are taken for others, one for one."""

_LETTER: Final = r"[^\W\d_]"
_SUSPENDED: Final = r"(?:und|oder|bzw|beziehungsweise|bis|and|or|to|a|i|aj|nebo|či|alebo|až)\b"
"""Words after which a hyphen belongs where it stands: “Ein- und Ausatmen”."""

EMPHASIS: Final = re.compile(r"(?<![^\W_])[*_~]+(?=[^\W_])|(?<=[^\W_])[*_~]+(?![^\W_])")
"""Matches what stands around a word to make it bold or slanted."""

_PASSED_OVER: Final = re.compile(
    rf"{EMPHASIS.pattern}"
    rf"|(?<={_LETTER}{{3}})[\d²³¹⁰⁴-⁹]{{1,2}}(?!\w)"
    rf"|(?<={_LETTER})- (?=(?!{_SUSPENDED})[^\W\d_A-ZÀ-ÖØ-Þ])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a folded text; places: where in the written one each character stands, if elsewhere."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the written text of a stretch of the folded one."""
        if self.places is None or start == end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=65_536)
def folded(text: str) -> Folded:
    """Fold a text."""
    alike = text.translate(_ALIKE)
    passed = [found.span() for found in _PASSED_OVER.finditer(alike)]
    alike = alike.lower()
    if not passed and "ß" not in alike:
        return Folded(alike.replace("_", " "))
    over = {place for start, end in passed for place in range(start, end)}
    kept = [
        (place, letter)
        for place, char in enumerate(alike)
        if place not in over
        for letter in folded_pattern(char).replace("_", " ")
    ]
    return Folded("".join(letter for _, letter in kept), tuple(place for place, _ in kept))


def folded_pattern(pattern: str) -> str:
    """Return a regular expression in the spelling that folded texts have."""
    return pattern.replace("ß", "ss")
