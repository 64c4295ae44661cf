"""Read a pronunciation that is written in the International Phonetic Alphabet.

Stress stands before its syllable in writing, and before its vowel for espeak and for the voices
that learnt from espeak's phonemes; a word without stress gets one, because theirs all have.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from serguide.base.ipa.ipa_letters import LETTERS, LONG, MARKS, PRIMARY, SECONDARY, SYLLABIC, VOWELS

_TYPED: Final = str.maketrans({"'": PRIMARY, "’": PRIMARY, ":": LONG, "g": "ɡ"})
_UNHEARD: Final = re.compile("[.\u0361\u035c\u203f|]")  # syllables, ties, links, feet
_COMPOSED: Final = frozenset("ç")  # a letter of its own, which NFD would part
_UNIT: Final = re.compile(rf"[{PRIMARY}{SECONDARY}]|\s|[^\s][{''.join(sorted(MARKS))}]*")


class IpaError(ValueError):
    """Say which character of a pronunciation is none of the alphabet's."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def read_ipa(written: str) -> str:
    """Return a pronunciation as voices take it, from what stands between the slashes.

    Letters as in LETTERS with their marks, stress before the vowel, single spaces between words.
    Raises IpaError.
    """
    text = "".join(
        letter if letter in _COMPOSED else unicodedata.normalize("NFD", letter)
        for letter in unicodedata.normalize("NFC", written.translate(_TYPED))
    )
    text = " ".join(_UNHEARD.sub("", text).split())
    for index, letter in enumerate(text):
        if letter in LETTERS or letter in (PRIMARY, SECONDARY, " "):
            continue
        if letter not in MARKS:
            raise IpaError(
                f"“{letter}” is no letter of the phonetic alphabet that a voice here can say",
                "look the word up in a dictionary that gives IPA, or respell it: `psoas: SO-as`",
            )
        if index == 0 or text[index - 1] in (PRIMARY, SECONDARY, " "):
            raise IpaError(f"“{letter}” stands behind no letter", "put it behind its letter")
    if not any(letter in LETTERS for letter in text):
        raise IpaError("there is no sound between the slashes", "write it like `/ˈzəʊi/`")
    return " ".join(_stressed(word) for word in text.split() if any(c in LETTERS for c in word))


def units_of(ipa: str) -> list[str]:
    """Return the letters of a pronunciation with their marks; stress and spaces by themselves."""
    return _UNIT.findall(ipa)


def is_vowel(unit: str) -> bool:
    """Tell whether a letter with its marks makes a syllable."""
    return unit[0] in VOWELS or any(mark in SYLLABIC for mark in unit[1:])


def _stressed(word: str) -> str:
    """Put a word's stress before its vowels, and on its first where it has none."""
    said: list[str] = []
    waiting = "" if PRIMARY in word else PRIMARY
    for unit in units_of(word):
        if unit in (PRIMARY, SECONDARY):
            waiting = unit
        elif waiting and is_vowel(unit) and "\u032f" not in unit:
            said += [waiting, unit]
            waiting = ""
        else:
            said.append(unit)
    if waiting == PRIMARY and PRIMARY not in said:  # a sound without a vowel, such as /ʃː/
        said[0] = said[0][0] + PRIMARY + said[0][1:]
    return "".join(said)
