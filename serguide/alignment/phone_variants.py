"""Pronounce the words of sentences as phones of an acoustic model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from serguide.alignment.arpabet import phones
from serguide.alignment.borrowed_phones import borrowed
from serguide.base.language import primary
from serguide.voices.espeak.espeak_catalogue import catalogue
from serguide.voices.espeak.espeak_library import phonemes_of
from serguide.voices.espeak.espeak_voice import EspeakVoice

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

    language: BCP 47; known: gives what the model's dictionary has for a word, or nothing. espeak's
    accents of the language are added to it: people do not speak as the dictionary's do. A
    language without a model has espeak's alone, in borrowed phones. A word that nothing can
    pronounce, such as a lone sign, is left out.
    """
    split = [words_of(text) for text in sentences]
    distinct = list(dict.fromkeys(word for words in split for word in words))
    ways = _own_ways if primary(language) in _ACCENTS else _borrowed_ways
    found: dict[str, SpokenWord] = {}
    for word, spoken in zip(distinct, ways(distinct, language, known), strict=True):
        unique = tuple(dict.fromkeys(way for way in spoken if way))[:_MOST]
        if unique:
            found[word] = SpokenWord(word, unique)
    return [[found[word] for word in words if word in found] for words in split]


def _own_ways(
    words: list[str], language: str, known: Callable[[str], list[str]]
) -> list[list[str]]:
    """Return the pronunciations of words in a language that has a model."""
    own = primary(language)
    files = catalogue().files
    spoken = [phonemes_of(words, files[accent]) if words else [] for accent in _ACCENTS[own]]
    return [
        [*known(word), *(phones(accent[index], own) for accent in spoken)]
        for index, word in enumerate(words)
    ]


def _borrowed_ways(
    words: list[str], language: str, _known: Callable[[str], list[str]]
) -> list[list[str]]:
    """Return the pronunciations of words in a language that has none."""
    file = EspeakVoice.open(None, language).file
    return [list(borrowed(ipa)) for ipa in phonemes_of(words, file)] if words else []
