"""Text as it is meant, however a program that it was copied from has stored it.

A web page hyphenates with soft hyphens, a messenger parts words with spaces of no width, a Mac
keeps “í” as two characters. Voices, word lists, recordings and captions are to find one text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNHEARD: Final = re.compile("[\u00ad\u034f\u200b\u2060-\u2064\ufeff]")
_IGNORABLE: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)
"""Default ignorable code points (UAX #44), some of which other scripts and emoji do need."""

_AFTER_LETTERS: Final = re.compile(f"(?<=[A-Za-z\u00c0-\u024f\u0300-\u036f]){_IGNORABLE}+")
_BETWEEN: Final = f"{_IGNORABLE}*"


def normalized(text: str) -> str:
    """Return a text in Unicode's form NFC (UAX #15), without what is neither seen nor heard."""
    return text if text.isascii() else unicodedata.normalize("NFC", without_unheard(text))


def without_unheard(text: str) -> str:
    """Return a text without soft hyphens and spaces of no width, at which voices break words."""
    return _AFTER_LETTERS.sub("", _UNHEARD.sub("", text))


def as_stored(word: str) -> str:
    """Return a regular expression that finds a plain word in whichever way a file stores it."""
    return _BETWEEN.join(map(_either, word))


def _either(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    if parts == letter:
        return re.escape(letter)
    return f"(?:{re.escape(letter)}|{f'{_IGNORABLE}*'.join(map(re.escape, parts))})"
