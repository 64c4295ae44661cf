"""Numbers in words, as stage directions hold them: “ten”, “fünfundzwanzig”, “desetkrát”.

English, German, Czech, Slovak, French and Spanish, up to 99, in the forms that stand before
seconds, breaths and times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

_DIGITS: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?")
_GERMAN: Final = re.compile(r"(\w{3,7})und(\w{6,9})")
_APART: Final = re.compile(r"(?<!\w)([^\W\d_]{4,12}) ([^\W\d_]{2,8})(?!\w)")
_TIMES: Final = re.compile(r"(.{1,12}?)-?(?:mal|krát|x|×)")


def number_of(word: str) -> float | None:
    """Return the number that a word or its digits name; None for any other word."""
    word = word.lower()
    if _DIGITS.fullmatch(word):
        return float(word.replace(",", "."))
    known = _numbers()
    if word in known:
        return known[word]
    ten, hyphen, one = word.partition("-")
    if hyphen and ten in known and one in known and known[ten] >= 20 > known[one] >= 1:
        return known[ten] + known[one]
    if (found := _GERMAN.fullmatch(word)) and {found[1], found[2]} <= known.keys():
        return known[found[1]] + known[found[2]]
    return None


def joined(text: str) -> str:
    """Return a text in which tens and ones that stand apart, as in Czech, are one word."""
    return _APART.sub(
        lambda found: f"{found[1]}-{found[2]}" if _is_pair(found[1], found[2]) else found[0], text
    )


def _is_pair(ten: str, one: str) -> bool:
    high, low = _numbers().get(ten.lower(), 0), _numbers().get(one.lower(), 0)
    return high >= 20 and 1 <= low < 10


def times_of(word: str) -> float | None:
    """Return how often a word such as `zehnmal`, `desetkrát` or `10×` says; None for others."""
    found = _TIMES.fullmatch(word.lower())
    return number_of(found[1]) if found else None


def is_times(word: str) -> bool:
    """Tell whether a word behind a number says how often: times, Mal, krát, fois, veces."""
    return word.lower() in _of_kind("times")


@cache
def number_words() -> frozenset[str]:
    """Return every number word of every language, compounds aside."""
    return frozenset(_numbers())


@cache
def _numbers() -> Mapping[str, float]:
    known: dict[str, float] = dict.fromkeys(_of_kind("half"), 0.5)
    for words in _tables().values():
        for number, forms in enumerate(words["ones"].split("|")):
            known.update(dict.fromkeys(forms.split(), float(number)))
        for number, forms in enumerate(words["tens"].split("|"), start=2):
            known.update(dict.fromkeys(forms.split(), 10.0 * number))
    return known


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(word for words in _tables().values() for word in words[kind].split())


@cache
def _tables() -> dict[str, dict[str, str]]:
    text = (resources.files("serguide.script") / "number_words.json").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = json.loads(text)
    return tables
