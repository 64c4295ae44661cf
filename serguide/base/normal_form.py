"""Text as it is meant, however a program that it was copied from has stored it.

A web page hyphenates with soft hyphens, a messenger parts words with spaces of no width, a Mac
keeps “í” as two characters. Voices, word lists, recordings and captions are to find one text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

IGNORABLE: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)
"""Matches default ignorable code points (UAX #44), some of which scripts and emoji do need."""

_LATIN: Final = "[A-Za-z\u00c0-\u024f\u0300-\u036f]"
_UNHEARD: Final = re.compile("[\u00ad\u034f\u2060-\u2064\ufeff]")
_BESIDE_LATIN: Final = re.compile(f"(?<={_LATIN}){IGNORABLE}+|[\u200b-\u200f\u061c]+(?={_LATIN})")
_LIGATURES: Final = {"ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ffi": "ﬃ", "ffl": "ﬄ", "st": "ﬅﬆ"}
_TO_LETTERS: Final = str.maketrans(
    {sign: letters for letters, signs in _LIGATURES.items() for sign in signs}
)
_LETTERS: Final = re.compile("ff[il]|f[fil]|st|(?s:.)")
_MARKS: Final = re.compile("([\u0300-\u036f]{30})[\u0300-\u036f]+")
"""Matches more accents on a letter than UAX #15 has any text need; composing them takes long."""


def normalized(text: str) -> str:
    """Return a text in Unicode's form NFC (UAX #15), without what is neither seen nor heard.

    Ligatures, which come out of PDFs, become letters.
    """
    if text.isascii():
        return text
    heard = _MARKS.sub(r"\1", without_unheard(text)).translate(_TO_LETTERS)
    return unicodedata.normalize("NFC", heard)


def without_unheard(text: str) -> str:
    """Return a text without soft hyphens and spaces of no width, at which voices break words."""
    return _BESIDE_LATIN.sub("", _UNHEARD.sub("", text))


def as_stored(word: str) -> str:
    """Return a regular expression that finds a normal word in whichever way a file stores it."""
    return f"{IGNORABLE}*".join(map(_either, _LETTERS.findall(word)))


def _either(letters: str) -> str:
    """Return what finds a letter and its accents, or letters that may be a ligature."""
    parts = unicodedata.normalize("NFD", letters)
    apart = f"{IGNORABLE}*".join(map(re.escape, parts))
    whole = f"[{_LIGATURES[letters]}]" if letters in _LIGATURES else re.escape(letters)
    return whole if whole == apart else f"(?:{whole}|{apart})"
