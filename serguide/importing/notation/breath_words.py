"""Breathing in words: “in for four, out for six, ten times”, in six languages.

Plain is only what gives both phases once, and no number that means something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Final

from serguide.script.number_words import is_times, joined, number_of, times_of

_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)?|×|[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"(?:[^.!?…]|\.(?=\d))+[.!?…]*")
_BREATH: Final = re.compile(
    r"(?i)breath|inhal|exhal|atm|atem|d[eý]ch|dych|dých|nádech|inspir|respir"
)
_REACH: Final = 6  # words between a phase and its number
_SHORT: Final = 3  # of them, where nothing else tells that it is about breath
_ABOVE: Final = 300  # characters before it that may tell
_MOST_SENTENCES: Final = 5
_LONGEST: Final = 60  # seconds of a phase
_MOST_CYCLES: Final = 200


@dataclass(frozen=True, slots=True)
class BreathReading:
    """Hold what a text says of a breath, from start to end.

    phases: seconds by phase; cycles: None where it does not say how often; plain: nothing else
    can be meant.
    """

    start: int
    end: int
    phases: Mapping[str, Fraction]
    cycles: int | None
    plain: bool


def breaths_in(text: str) -> Iterator[BreathReading]:
    """Yield the breaths that a text describes, sentence by sentence."""
    spans = [(found.start(), found.end()) for found in _SENTENCE.finditer(text)]
    at = 0
    while at < len(spans):
        best, used = None, 1
        for count in range(1, _MOST_SENTENCES + 1):
            if at + count > len(spans):
                break
            start, end = spans[at][0], spans[at + count - 1][1]
            reading = _read(text, start, end)
            if count > 1 and not _tells(text[spans[at + count - 1][0] : end]):
                break
            if {"in", "out"} <= reading.phases.keys():
                best, used = reading, count
                if reading.cycles is not None:
                    break
            elif not reading.phases:
                break
        if best is not None:
            yield best
        at += used


def _tells(sentence: str) -> bool:
    """Tell whether a sentence goes on with a breath: a phase or how often, with a number."""
    reading = _read(sentence, 0, len(sentence))
    return bool(reading.phases) or reading.cycles is not None


def _read(text: str, start: int, end: int) -> BreathReading:
    words = [word.lower() for word in _TOKEN.findall(joined(text[start:end]))]
    known = _phases()
    phases: dict[str, Fraction] = {}
    cycles: int | None = None
    phase, behind, plain, near = "", 0, True, True
    before: Fraction | None = None  # a number that waits for its phase: `vier Sekunden ein`
    for index, word in enumerate(words):
        behind += 1
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in known:
            phase = _placed(known[word], phases)
            if before is not None and behind <= _SHORT and phase not in phases:
                phases[phase], before, phase = before, None, ""
            behind = 0
        elif (often := times_of(word)) is not None:
            plain = plain and cycles is None
            cycles = round(often)
        elif (number := number_of(word)) is not None:
            if is_times(following) or following in ("x", "×"):
                plain = plain and cycles is None
                cycles = round(number)
            elif number <= 1 and not word[0].isdigit():
                continue  # an article
            elif phase and behind <= _REACH and phase not in phases:
                phases[phase] = Fraction(str(number))
                near = near and behind <= _SHORT
                phase = ""
            else:
                plain = plain and before is None
                before, behind = Fraction(str(number)), 0
    plain = plain and before is None
    plain = plain and (near or _BREATH.search(text, max(0, start - _ABOVE), end) is not None)
    plain = plain and {"in", "out"} <= phases.keys()
    plain = plain and all(1 <= length <= _LONGEST for length in phases.values())
    plain = plain and (cycles is None or 1 <= cycles <= _MOST_CYCLES)
    return BreathReading(start, end, phases, cycles, plain)


def _placed(phase: str, before: Mapping[str, Fraction]) -> str:
    """Return the phase that a word means behind others: holding after out is resting."""
    if phase in ("hold", "rest"):
        return "rest" if "out" in before else "hold"
    return phase


@cache
def _phases() -> Mapping[str, str]:
    folder = resources.files("serguide.importing.notation")
    tables = json.loads((folder / "breath_phases.json").read_text(encoding="utf-8"))
    return {word: phase for phase, words in tables.items() for word in words.split()}
