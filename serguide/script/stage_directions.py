"""Stage directions as people write them into spoken text: pauses, manners, notes, markup.

Every notation that is known of scripts for relaxation, in English, German, Czech, Slovak, French
and Spanish. The check names what is found here, because it would be read aloud; the import of
documents makes cues of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from serguide.script.number_words import joined, number_of, number_words

Kind = Literal["pause", "breath", "manner", "note", "markup"]


@dataclass(frozen=True, slots=True)
class Direction:
    """Hold a stage direction; start, end: where it stands in the text; seconds: if it says so."""

    kind: Kind
    start: int
    end: int
    written: str
    seconds: float | None = None


_UNITS: Final = {
    "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
    "sek": 1.0, "vteřin": 1.0, "vteřiny": 1.0, "vteřinu": 1.0, "vteřina": 1.0, "sekunda": 1.0,
    "sekunde": 1.0, "sekunden": 1.0, "sekund": 1.0, "sekundy": 1.0, "sekundu": 1.0, "sekúnd": 1.0,
    "seconde": 1.0, "secondes": 1.0, "segundo": 1.0, "segundos": 1.0,
    "m": 60.0, "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0, "minuten": 60.0,
    "minut": 60.0, "minuty": 60.0, "minutu": 60.0, "minút": 60.0, "minúty": 60.0,
    "minuto": 60.0, "minutos": 60.0, "ms": 0.001, "milliseconds": 0.001,
}  # fmt: skip

_ONLY_BEHIND_DIGITS: Final = frozenset({"s", "m"})
"""Units that are words or letters of their own: `dva s` is no time."""

_HALF_A = re.compile(r"(?i)\b(half|halbe|halben) an? ")

_WORDS = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s{0,3}([^\W\d_]{1,12})")
_SPELLED = re.compile(
    r"(?<![\w-])([^\W\d_]{1,18}(?:-[^\W\d_]{1,8})?)[ \u00a0]{1,3}(?=([^\W\d_]{1,12}))"
)
_BRACKETED = re.compile(r"\(([^(){}\n]{1,90})\)|\*([^*\n]{1,40})\*|\[\[([^\[\]\n]{1,60})\]\]?")
_NOTE = re.compile(r"(?i)\s*(?:note|notes|nb|hinweis|anmerkung|poznámka|remarque|nota)\s*:")
_LABELLED = re.compile(
    r"(?i)(?<![\w\[])(pause|breathe|pauza|atmen|pausa)\s{0,2}:\s{0,3}\d{1,4}(?:[.,]\d{1,3})?"
    r"(?:\s{0,2}(?:s|sec|secs|sek|seconds?|Sekunden?|sekund[ay]?|sekúnd|secondes?|segundos?|ms|min|"
    r"minutes?|Minuten?|minut[ay]?|minút|minutos?)\b)?"
)
_SHOUTED = re.compile(r"(?<![\w\[])(?:PAUSE|PAUZA|PAUSA|SILENCE|STILLE|TICHO)(?!\w)")
_PROSE = re.compile(
    r"(?im)(?:^[ \t]*|(?<=[.!?…]\s))(?:pause|wait|silence|be quiet|pauza|pausieren|pause machen)\b"
    r"[^.!?\n]{0,40}?\b\d{1,4}\s{0,2}(?:s|sec|seconds?|minutes?|min|Sekunden|Minuten|sekund|minut|"
    r"secondes|segundos)\b[.!?]?"
)
_DOTS = re.compile(r"\.(?:[ \u00a0]\.){2,20}|…{2,20}|\.{4,20}")
_SLASHED = re.compile(r"(?<![\w/])/\d{1,3}(?:[.,]\d)?s(?!\w)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:_-]{0,30}(?:\s[^<>\n]{0,120})?/?>")
_SEMICOLON = re.compile(r"(?m)(?:(?<=[\w.!?…])|\*)[ ]?;[ ]?\d{1,3}(?:\.\d{1,2})?[ ]*$")


def directions(text: str) -> Iterator[Direction]:
    """Yield the stage directions of a text, in order; time grows with its length alone."""
    found = [*_bracketed(text), *_marked(text)]
    end = -1
    for each in sorted(found, key=lambda direction: (direction.start, -direction.end)):
        if each.start >= end:
            yield each
            end = each.end


def seconds_in(text: str) -> float | None:
    """Return the time that a direction names, in seconds; None when it names none."""
    total = _seconds(_TIME.findall(text))
    if total is None:
        total = _seconds(_SPELLED.findall(joined(_HALF_A.sub(r"\1 ", text))))
    return total


def _seconds(times: Iterable[tuple[str, str]]) -> float | None:
    """Return the sum of numbers, in digits or words, with their units."""
    total = None
    for written, unit in times:
        factor, number = _UNITS.get(unit.lower()), number_of(written)
        if factor is None or number is None:
            continue
        if written[0].isdigit() or unit.lower() not in _ONLY_BEHIND_DIGITS:
            total = (total or 0.0) + number * factor
    return total


def named(inside: str, about: str) -> bool:
    """Tell whether a text has a word of one kind: `pause`, `breath`, `manner`, `long`, `short`."""
    known = _vocabulary()[about]
    return any(word.lower() in known for word in _WORDS.findall(inside))


def _bracketed(text: str) -> Iterator[Direction]:
    for found in _BRACKETED.finditer(text):
        inside = next(group for group in found.groups() if group is not None)
        kind = kind_of(inside)
        if found[3] is not None and inside.lower().startswith("slnc"):
            kind = "markup"
        if kind is not None:
            yield Direction(kind, found.start(), found.end(), found[0], seconds_in(inside))


def kind_of(inside: str) -> Kind | None:
    """Return what brackets hold, when it is nothing but stage words and numbers."""
    if _NOTE.match(inside):
        return "note"
    words = [word.lower() for word in _WORDS.findall(inside)]
    vocabulary = _vocabulary()
    if not words or not all(
        any(word in known for known in vocabulary.values()) or number_of(word) is not None
        for word in words
    ):
        return None
    kinds: tuple[Kind, ...] = ("pause", "breath", "manner")
    for kind in kinds:
        if any(word in vocabulary[kind] for word in words):
            return kind
    return "pause" if seconds_in(inside) is not None else None


def _marked(text: str) -> Iterator[Direction]:
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("pause", _LABELLED), ("pause", _SHOUTED), ("pause", _PROSE), ("pause", _DOTS),
        ("pause", _SLASHED), ("markup", _TAG), ("pause", _SEMICOLON),
    )  # fmt: skip
    for kind, pattern in patterns:
        for found in pattern.finditer(text):
            yield Direction(kind, found.start(), found.end(), found[0], seconds_in(found[0]))


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """Return the words of all languages by what they are about; `filler` goes with any."""
    text = (resources.files("serguide.script") / "stage_words.json").read_text(encoding="utf-8")
    known = {
        about: frozenset(" ".join(words.values()).split())
        for about, words in json.loads(text).items()
    }
    return {**known, "number": number_words()}
