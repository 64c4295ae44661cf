"""Count word errors: what was heard, set against what was to be said.

Both texts are brought to one form first, so that only what an ear would call another word counts:

- small letters, no accents, no punctuation; an apostrophe is dropped (“it's” is “its”),
  a hyphen or dash parts words;
- numbers in digits are read out (“20” is “twenty”, “1st” is “first”), in English, up to 999,999;
- “OK”, “O.K.” and “okay” are one word, and so are the spellings in SPELLINGS (“colour”, “color”);
- words that differ only in where they are parted are right (“any one”, “anyone”).

Words that sound alike but mean another thing stay errors. An error is a word that was replaced,
left out or put in, by the least number of these (Levenshtein over words).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SPELLINGS = {
    "okay": "ok", "grey": "gray", "colour": "color", "colours": "colors", "favour": "favor",
    "favourite": "favorite", "neighbour": "neighbor", "neighbours": "neighbors",
    "centre": "center", "towards": "toward", "cosy": "cozy", "programme": "program",
    "metre": "meter", "metres": "meters", "realise": "realize", "recognise": "recognize",
    "travelling": "traveling", "mum": "mom", "mr": "mister", "mrs": "missus",
    "alright": "all right", "hmm": "hm", "mm": "hm", "shhh": "shh", "sh": "shh",
}  # fmt: skip

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
            "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
_NUMBER = re.compile(r"(\d+)(st|nd|rd|th)?\b")
_LONGEST_JOINED = 4  # words in a row that may be one word elsewhere


class WordErrors(NamedTuple):
    """Hold errors and the number of words that were to be said."""

    errors: int
    words: int

    @property
    def share(self) -> float:
        """Return errors to each word; 0 where nothing was to be said."""
        return self.errors / self.words if self.words else 0.0

    @classmethod
    def total(cls, counted: list[WordErrors]) -> WordErrors:
        """Add up several."""
        return cls(sum(one.errors for one in counted), sum(one.words for one in counted))


def normalised(text: str) -> list[str]:
    """Return a text's words in the one form that is compared."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’‘ʼ]", "", plain)
    plain = re.sub(r"\bo\.\s?k\b\.?", "ok", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    plain = _NUMBER.sub(lambda found: f" {_read(int(found[1]), bool(found[2]))} ", plain)
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(SPELLINGS.get(word, word) for word in words).split()


def word_errors(said: str, heard: str) -> WordErrors:
    """Count the errors in what was heard of what was to be said."""
    wanted, got = normalised(said), normalised(heard)
    costs = [[0] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    for row in range(len(wanted) + 1):
        for column in range(len(got) + 1):
            if row or column:
                costs[row][column] = min(_steps(costs, wanted, got, row, column))
    return WordErrors(costs[-1][-1], len(wanted))


def _steps(
    costs: list[list[int]], wanted: list[str], got: list[str], row: int, column: int
) -> list[int]:
    """Return what it costs to come to a cell from each of the cells before it."""
    steps = []
    if row:
        steps.append(costs[row - 1][column] + 1)
    if column:
        steps.append(costs[row][column - 1] + 1)
    if row and column:
        steps.append(costs[row - 1][column - 1] + (wanted[row - 1] != got[column - 1]))
        for many in range(2, _LONGEST_JOINED + 1):  # one word here, several there
            if many <= row and "".join(wanted[row - many : row]) == got[column - 1]:
                steps.append(costs[row - many][column - 1])
            if many <= column and "".join(got[column - many : column]) == wanted[row - 1]:
                steps.append(costs[row - 1][column - many])
    return steps


def _read(number: int, ordinal: bool = False) -> str:
    words = _cardinal(number)
    if not ordinal:
        return " ".join(words)
    last = words[-1]
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return " ".join([*words[:-1], _ORDINAL.get(last, regular)])


def _cardinal(number: int) -> list[str]:
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        rest = number % 10
        return [_TENS[number // 10 - 2], *([_ONES[rest]] if rest else [])]
    if number < 1_000:
        rest = number % 100
        return [_ONES[number // 100], "hundred", *(["and", *_cardinal(rest)] if rest else [])]
    if number < 1_000_000:
        rest = number % 1_000
        return [*_cardinal(number // 1_000), "thousand", *(_cardinal(rest) if rest else [])]
    return list(str(number))
