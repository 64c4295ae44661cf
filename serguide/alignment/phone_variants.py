"""Pronounce the words of sentences as phones of an acoustic model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from serguide.alignment.arpabet import phones
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import phonemes_of

_ACCENTS: Final[Mapping[str, tuple[str, ...]]] = {"en": ("en-us", "en-gb"), "fr": ("fr-fr",)}
_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*[’']?", re.UNICODE)
_APOSTROPHES: Final = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})
_MOST: Final = 5  # pronunciations of a word


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """Stand for a word of a sentence: as written, and its pronunciations, likeliest first."""

    text: str
    pronunciations: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Return the words of a sentence in lower case, without punctuation."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).lower()
    return [found.strip("'") or found for found in _WORD.findall(plain)]


def pronounced(
    sentences: Iterable[str], language: str, known: Callable[[str], list[str]]
) -> list[list[SpokenWord]]:
    """Return the words of each sentence with their pronunciations.

    language: `en` or `fr`; known: gives what a dictionary has for a word, or nothing. espeak's
    accents of the language are added to it: people do not speak as the dictionary's do. A word
    that nothing can pronounce, such as a lone sign, is left out.
    """
    split = [words_of(text) for text in sentences]
    distinct = list(dict.fromkeys(word for words in split for word in words))
    spoken = [
        phonemes_of(distinct, catalogue().files[accent]) if distinct else []
        for accent in _ACCENTS[language]
    ]
    found: dict[str, SpokenWord] = {}
    for index, word in enumerate(distinct):
        ways = [*known(word), *(phones(accent[index], language) for accent in spoken)]
        unique = tuple(dict.fromkeys(way for way in ways if way))[:_MOST]
        if unique:
            found[word] = SpokenWord(word, unique)
    return [[found[word] for word in words if word in found] for words in split]
