"""Turn phonemes into the model's tokens, in runs that it can take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

MOST: Final = 510
"""Tokens that the model takes at once, without the pad at either end."""

RUN: Final = 240
"""Tokens up to which sentences are spoken in one run, however fast."""

_RUN_AT_1: Final = 240  # the model takes 25 MB for each second that it speaks

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_CLAUSE = re.compile(r"(?<=[,;:—])\s+")
_SOUND = re.compile(r"[^\W\d_]")
_LENGTHENING: Final = frozenset("ːˈˌʰʲ↓→↗↘")


@cache
def vocabulary() -> Mapping[str, int]:
    """Return the number of each character that the model knows."""
    text = (files(__package__) / "vocabulary.json").read_text("utf-8")
    numbers: dict[str, int] = json.loads(text)["tokens"]
    return numbers


def tokens_of(phonemes: str) -> list[int]:
    """Return the numbers of phonemes and marks; what the model does not know is left out."""
    known = vocabulary()
    return [known[each] for each in phonemes if each in known]


def has_sound(phonemes: str) -> bool:
    """Tell whether anything is to be heard; of marks alone the model makes noise."""
    known = vocabulary()
    return any(
        each in known and each not in _LENGTHENING and _SOUND.match(each) for each in phonemes
    )


def longest_run(speed: float) -> int:
    """Return the tokens of the longest run at a speed of the model, by its memory."""
    return min(RUN, int(_RUN_AT_1 * speed))


def runs(phonemes: str, most: int = RUN) -> Iterator[str]:
    """Yield phonemes in runs of at most so many tokens, each with something to be heard.

    They are cut after a sentence if that serves, else after a clause, else after a word, and
    in a word only where that alone is longer.
    """
    run = ""
    for part in _parts(phonemes, most):
        joined = f"{run} {part}" if run else part
        if len(tokens_of(joined)) <= most:
            run = joined
        else:
            if has_sound(run):
                yield run
            run = part
    if has_sound(run):
        yield run


def _parts(phonemes: str, most: int) -> Iterator[str]:
    """Yield sentences, or clauses, words and pieces of words of those that are too long."""
    for cut in (_SENTENCE, _CLAUSE, re.compile(r"\s+")):
        parts = cut.split(phonemes)
        if len(parts) > 1:
            for part in parts:
                if len(tokens_of(part)) <= most:
                    yield part
                else:
                    yield from _parts(part, most)
            return
    for start in range(0, len(phonemes), most):
        yield phonemes[start : start + most]
