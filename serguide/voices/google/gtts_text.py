"""Split text into parts that Google's service accepts, without losing a letter.

The service takes about 100 characters at a time. A part ends, best first, after a sentence,
after a clause, between words, or anywhere that does not part a letter from its marks (one
endless word; scripts written without spaces).
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

__all__ = ["LONGEST_PART", "gap_after", "letters", "parts", "shortest_time", "speaking_time"]

LONGEST_PART = 100
"""Characters that the service takes at a time."""

# Possessive, and tried only where a run begins: time grows with the text, not with its square.
_CLOSERS = r"[\"'”’»)\]」』）]*+"
_SENTENCE_END = re.compile(rf"(?<![.!?…])[.!?…]++{_CLOSERS}(?=\s)|[。！？]++{_CLOSERS}")
_CLAUSE_END = re.compile(rf"[,;:–—]{_CLOSERS}(?=\s)|[、，；：]{_CLOSERS}")
_WORD_END = re.compile(r"(?<=\S)(?=\s)")
_BREAKS = (_SENTENCE_END, _CLAUSE_END, _WORD_END)

_DRAWN_OUT = re.compile(r"(.)\1{2,}")

_SENTENCE_GAP = Fraction(35, 100)
_CLAUSE_GAP = Fraction(15, 100)
_WORD_GAP = Fraction(4, 100)
"""Silence between two parts, in seconds at the service's own speed."""

_LETTER_TIME = Fraction(1, 12)
_WIDE_LETTER_TIME = Fraction(1, 6)
"""About how long a letter, and a character of Chinese, Japanese or Korean, is spoken."""

_FASTEST = 3
"""No speech is so many times as fast as that: 36 letters a second."""


def parts(text: str) -> list[str]:
    """Cut text into parts of at most LONGEST_PART characters, in order, none without a letter.

    A run of characters that has no letter or digit to speak (an emoji, a rule of dashes) is
    left out; everything that `letters` keeps is kept.
    """
    rest = text.strip()
    found = []
    while rest:
        end = _end_of_part(rest)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in found if letters(part)]


def _end_of_part(text: str) -> int:
    if len(text) <= LONGEST_PART:
        return len(text)
    # One character more, so that a break is seen when the space stands right behind the part.
    window = text[: LONGEST_PART + 1]
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(window)]
        usable = [end for end in ends if 0 < end <= LONGEST_PART]
        if usable:
            return usable[-1]
    end = LONGEST_PART
    while end > 1 and _clings(text[end], text[end - 1]):
        end -= 1
    return end if end > 1 else LONGEST_PART


def _clings(after: str, before: str) -> bool:
    """Tell whether two characters are written as one: marks, joiners, leading Thai vowels."""
    joiner = "\N{ZERO WIDTH JOINER}"
    leading_vowel = "\u0e40" <= before <= "\u0e44" or "\u0ec0" <= before <= "\u0ec4"
    return unicodedata.category(after)[0] == "M" or joiner in (after, before) or leading_vowel


def letters(text: str) -> str:
    """Return what must be spoken of a text: its letters, their marks and its digits, in order."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LMN")


def speaking_time(text: str) -> Fraction:
    """Return about how long a text takes at the service's own speed, in seconds.

    A guess from the number of letters and of sentence and clause ends, for outlines.
    """
    inside = text.rstrip()[:-1]  # What ends the text is followed by no gap.
    sentences = len(_SENTENCE_END.findall(inside))
    clauses = len(_CLAUSE_END.findall(inside))
    return _letter_time(_sounding(text)) + sentences * _SENTENCE_GAP + clauses * _CLAUSE_GAP


def shortest_time(text: str) -> Fraction:
    """Return a time, in seconds, in which nobody could have spoken a text: less is cut off.

    A letter that is drawn out in writing (`Ahhhhh`) counts twice at most.
    """
    return _letter_time(_DRAWN_OUT.sub(r"\1\1", _sounding(text))) / _FASTEST


def _sounding(text: str) -> str:
    """Return letters and digits without their marks, which are spoken with them."""
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def _letter_time(sounding: str) -> Fraction:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in sounding)
    return wide * _WIDE_LETTER_TIME + (len(sounding) - wide) * _LETTER_TIME


def gap_after(part: str) -> Fraction:
    """Return the silence that belongs between a part and the next, in seconds."""
    ended = f"{part} "
    for pattern, gap in ((_SENTENCE_END, _SENTENCE_GAP), (_CLAUSE_END, _CLAUSE_GAP)):
        if any(found.end() == len(part) for found in pattern.finditer(ended)):
            return gap
    return _WORD_GAP
