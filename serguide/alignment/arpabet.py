"""espeak's phonemes, in IPA, as the phones of an acoustic model: ARPAbet, or the French set.

Each table is read greedily, longest key first; what stands in none is left out, as stress is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final[Mapping[str, str]] = {
    "tʃ": "CH", "dʒ": "JH", "aɪə": "AY AH", "aɪɚ": "AY ER", "aʊə": "AW ER", "aɪ": "AY",
    "aʊ": "AW", "eɪ": "EY", "ɔɪ": "OY", "oʊ": "OW", "əʊ": "OW", "eə": "EH R", "ɛə": "EH R",
    "ɪə": "IH R", "iə": "IY AH", "ʊə": "UH R", "ɔːɹ": "AO R", "ɑːɹ": "AA R", "oːɹ": "AO R",
    "ɛɹ": "EH R", "ɪɹ": "IH R", "ʊɹ": "UH R", "ɜː": "ER", "ɚ": "ER", "əl": "AH L", "iː": "IY",
    "uː": "UW", "ɑː": "AA", "ɔː": "AO", "oː": "AO", "ɛː": "EH", "æ": "AE", "ɐ": "AH", "ʌ": "AH",
    "ə": "AH", "ɒ": "AA", "ɑ": "AA", "ɔ": "AO", "ɛ": "EH", "e": "EH", "ɜ": "ER", "ɪ": "IH",
    "i": "IY", "ʊ": "UH", "u": "UW", "o": "OW", "a": "AE", "ᵻ": "IH", "y": "UW", "ø": "ER",
    "œ": "ER", "b": "B", "d": "D", "ð": "DH", "f": "F", "ɡ": "G", "g": "G", "h": "HH", "x": "K",
    "k": "K", "l": "L", "ɬ": "L", "m": "M", "n": "N", "ŋ": "NG", "ɲ": "N Y", "p": "P", "ɹ": "R",
    "r": "R", "ʁ": "R", "s": "S", "ʃ": "SH", "t": "T", "ɾ": "T", "ʔ": "T", "θ": "TH", "v": "V",
    "w": "W", "ʍ": "W", "j": "Y", "z": "Z", "ʒ": "ZH", "ç": "HH",
}  # fmt: skip

_FRENCH: Final[Mapping[str, str]] = {
    "ɑ̃": "an", "ɛ̃": "in", "ɔ̃": "on", "œ̃": "un", "tʃ": "tt ch", "dʒ": "dd jj", "a": "aa",
    "ɑ": "aa", "æ": "aa", "ɛ": "ai", "o": "au", "ɔ": "oo", "ə": "ee", "e": "ei", "ø": "eu",
    "œ": "oe", "i": "ii", "ɪ": "ii", "u": "ou", "ʊ": "ou", "y": "uu", "ʌ": "oe", "b": "bb",
    "ʃ": "ch", "d": "dd", "ð": "zz", "f": "ff", "ɡ": "gg", "g": "gg", "ɲ": "gn", "ʒ": "jj",
    "k": "kk", "l": "ll", "m": "mm", "n": "nn", "ŋ": "nn", "p": "pp", "ʁ": "rr", "r": "rr",
    "ɹ": "rr", "s": "ss", "θ": "ss", "t": "tt", "ɥ": "uy", "v": "vv", "w": "ww", "j": "yy",
    "z": "zz", "x": "rr", "h": "",
}  # fmt: skip

PHONES: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH, "fr": _FRENCH}
"""The table of each language that has an acoustic model."""


def phones(ipa: str, language: str) -> str:
    """Return a model's phones, space-separated, for a word in espeak's IPA; may be empty."""
    return read_greedily(ipa, PHONES[language])


def read_greedily(ipa: str, table: Mapping[str, str]) -> str:
    """Return what a table has for IPA, longest key first, space-separated; may be empty."""
    longest = max(map(len, table))
    found, at = [], 0
    while at < len(ipa):
        for length in range(longest, 0, -1):
            if (piece := ipa[at : at + length]) in table and len(piece) == length:
                found.append(table[piece])
                at += length
                break
        else:
            at += 1
    return " ".join(" ".join(found).split())
