"""Guess a text's language by its function words and letters: six languages, or none of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_LETTERS: Final = {
    "de": "äöüß",
    "cs": "ěřůď",
    "sk": "ľĺŕôä",
    "fr": "çœàèêù",
    "es": "ñ¿¡",
}
"""Letters and signs that one of the languages has, and its neighbours mostly have not."""

_MOST: Final = 20_000  # characters that are read
_ENOUGH: Final = 0.12  # of the words of a text are function words of its language; mostly 0.3
_FEWEST: Final = 3
_DIFFERENT: Final = 2  # function words, or one and a letter; one alone is of many languages


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """Hold a language and how sure that is; language: empty when it is none that is known."""

    language: str
    share: float


def guess_language(text: str) -> LanguageGuess:
    """Return the language of a text; of a few words alone that is none."""
    text = text[:_MOST].lower()
    words = Counter(_WORD.findall(text))
    total = sum(words.values())
    if total < _FEWEST:
        return LanguageGuess("", 0.0)
    scores = {}
    for language, known in _function_words().items():
        mine = [count for word, count in words.items() if word in known]
        found = sum(mine)
        special = sum(text.count(letter) for letter in _LETTERS.get(language, ""))
        enough = len(mine) + bool(special) >= _DIFFERENT and mine
        scores[language] = (found + min(special, total // 4)) / total if enough else 0.0
    best = max(scores, key=lambda language: scores[language])
    return LanguageGuess(best if scores[best] >= _ENOUGH else "", scores[best])


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    folder = resources.files("serguide.importing.drafting")
    tables = json.loads((folder / "function_words.json").read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in tables.items()}
