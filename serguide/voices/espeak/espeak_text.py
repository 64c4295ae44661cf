"""Prepare text so that espeak speaks all of it.

Measured with eSpeak NG 1.52: it drops what follows in a run of characters without a space after
some 30 digits, 20 emojis, 70 characters of Thai or 160 letters; and what follows in a clause
without a comma after some 300 words, 60 numbers, 90 emojis or 250 Chinese characters. A run that
might be too long is given spaces, a clause that might be too long a comma, which helps all but a
row of more than 90 emojis. It reads “4-7-8” as “four dash seven dash eight”: a row of three or more
numbers is parted by commas. Ordinary text is left as it is.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST_RUN = 60
_LONGEST_NUMBER = 18
_LONGEST_CLAUSE = 500  # in the unit of _weight, roughly phonemes; espeak has room for 1,000

# Control characters are commands to espeak (0x01 changes its settings), or end the text.
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NUMBER = re.compile(rf"(\d{{{_LONGEST_NUMBER}}})(?=\d)")
_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")
_PICTURE = r"[\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"
_TONES = r"[\ufe0f\U0001f3fb-\U0001f3ff]*"
_PICTURES = re.compile(rf"({_PICTURE}{_TONES})(?={_PICTURE})")
_JOINER = "\u200d"
_SERIES = re.compile(r"\d+(?:\s?[-–—]\s?\d+){2,}(?![\w-])")
_DASH = re.compile(r"\s?[-–—]\s?")
_CLAUSE_ENDS = tuple(",;:.!?…،؛؟、，；：。！？")
_HEAVY = re.compile(rf"(?P<digit>\d)|(?P<picture>{_PICTURE})|(?P<wide>[\u0900-\ud7af])")
_WEIGHTS = {"digit": 10, "picture": 20, "wide": 4}


def prepare(text: str) -> str:
    """Return a text composed (NFC), on one line, in runs that espeak speaks to their end."""
    plain = _CONTROLS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    plain = _SERIES.sub(lambda series: _DASH.sub(", ", series[0]), plain)
    plain = _NUMBER.sub(r"\1 ", _PICTURES.sub(r"\1 ", plain))
    return _with_commas(_RUN.sub(lambda run: _with_spaces(run[0]), plain))


def _with_commas(text: str) -> str:
    """Give clauses that are too long a comma between two words."""
    words: list[str] = []
    weight = 0
    for word in text.split(" "):
        more = _weight(word)
        if weight and weight + more > _LONGEST_CLAUSE:
            words[-1] += ","
            weight = 0
        words.append(word)
        weight = 0 if word.endswith(_CLAUSE_ENDS) else weight + more
    return " ".join(words)


def _weight(word: str) -> int:
    """Return about how many phonemes a word comes to, at the most."""
    heavy = sum(_WEIGHTS[str(found.lastgroup)] for found in _HEAVY.finditer(word))
    return len(word) + 1 + heavy


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
