"""Text as espeak speaks it whole.

Measured with eSpeak NG 1.52: it drops what follows in a run of characters without a space after
some 30 digits, 20 emojis, 70 characters of Thai, 160 letters or 300 Chinese characters. A run
that might be too long is given spaces; everything else is left as it is.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST_RUN = 60
_LONGEST_NUMBER = 18

# Control characters are commands to espeak (0x01 changes its settings), or end the text.
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NUMBER = re.compile(rf"(\d{{{_LONGEST_NUMBER}}})(?=\d)")
_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")
_PICTURE = r"[\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
_TONES = r"[\ufe0f\U0001f3fb-\U0001f3ff]*"
_PICTURES = re.compile(rf"({_PICTURE}{_TONES})(?={_PICTURE})")
_JOINER = "\u200d"


def prepare(text: str) -> str:
    """Return a text composed (NFC), on one line, in runs that espeak speaks to their end."""
    plain = _CONTROLS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    plain = _NUMBER.sub(r"\1 ", _PICTURES.sub(r"\1 ", plain))
    return _RUN.sub(lambda run: _with_spaces(run[0]), plain)


def _with_spaces(run: str) -> str:
    """Give a run a space after every so many characters, parting none from its marks."""
    parts, start = [], 0
    for index in range(1, len(run)):
        if index - start >= _LONGEST_RUN and not _belongs_together(run[index - 1], run[index]):
            parts.append(run[start:index])
            start = index
    return " ".join([*parts, run[start:]])


def _belongs_together(before: str, after: str) -> bool:
    return _JOINER in (before, after) or unicodedata.category(after).startswith("M")
