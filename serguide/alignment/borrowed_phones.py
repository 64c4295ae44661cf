"""Sounds of any language, in espeak's IPA, as the nearest phones of the English model.

A language without an acoustic model borrows one: each sound stands for the phone that is made
most like it, as ReadAlong Studio does for languages with few speakers (Littell et al. 2022,
"ReadAlong Studio: practical zero-shot text-speech alignment"). Where two phones are as near,
a word gets two pronunciations, and the take decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from serguide.alignment.arpabet import read_greedily

_NEAREST: Final[Mapping[str, str]] = {
    "tʃ": "CH", "tɕ": "CH", "tʂ": "CH", "dʒ": "JH", "dʑ": "JH", "dʐ": "JH", "ts": "T S",
    "dz": "D Z", "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "ɛɪ": "EY", "ɔɪ": "OY", "ɔø": "OY",
    "ɔʏ": "OY", "œy": "OY", "oʊ": "OW", "əʊ": "OW", "r̝̊": "SH", "r̝": "ZH", "r̩": "ER",
    "l̩": "AH L", "m̩": "AH M", "n̩": "AH N", "a": "AA", "ɑ": "AA", "ɒ": "AA", "æ": "AE",
    "ɐ": "AH", "ʌ": "AH", "ə": "AH", "ɜ": "AH", "ɚ": "ER", "ɤ": "AH", "ɛ": "EH", "e": "EY",
    "ɪ": "IH", "ᵻ": "IH", "ɨ": "IH", "i": "IY", "ɔ": "AO", "o": "OW", "ʊ": "UH", "ɯ": "UH",
    "ɵ": "UH", "u": "UW", "ʉ": "UW", "y": "UW", "ʏ": "UH", "ø": "ER", "œ": "ER", "p": "P",
    "b": "B", "ɓ": "B", "β": "V", "t": "T", "ʈ": "T", "d": "D", "ɖ": "D", "ɗ": "D", "ɽ": "D",
    "k": "K", "q": "K", "ɡ": "G", "g": "G", "ɠ": "G", "ɢ": "G", "ɣ": "G", "c": "T Y",
    "ɟ": "D Y", "m": "M", "ɱ": "M", "n": "N", "ɳ": "N", "ɲ": "N Y", "ŋ": "NG", "ɴ": "NG",
    "f": "F", "ɸ": "F", "v": "V", "ʋ": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z", "ʃ": "SH",
    "ɕ": "SH", "ʂ": "SH", "ʒ": "ZH", "ʑ": "ZH", "ʐ": "ZH", "ç": "HH", "x": "HH", "χ": "HH",
    "h": "HH", "ɦ": "HH", "ħ": "HH", "l": "L", "ɫ": "L", "ɭ": "L", "ɬ": "L", "ʎ": "L Y",
    "ɹ": "R", "r": "R", "ʁ": "R", "ʀ": "R", "ɾ": "D", "j": "Y", "ʝ": "Y", "ɥ": "W", "w": "W",
    "ʍ": "W",
}  # fmt: skip

_AS_NEAR: Final[Mapping[str, str]] = {
    **_NEAREST,
    "e": "EH", "o": "AO", "ɜ": "ER", "y": "IY", "ø": "UH", "œ": "EH", "ç": "SH", "x": "K", "χ": "K",
    "ɣ": "HH", "β": "B", "ʎ": "Y", "ɲ": "N", "c": "CH", "ɟ": "JH", "ʝ": "JH", "ʁ": "HH", "ʀ": "HH",
    "ɾ": "R", "ʋ": "W", "θ": "S", "ð": "D", "r̝": "R ZH", "r": "D",
}  # fmt: skip


def borrowed(ipa: str) -> tuple[str, ...]:
    """Return a word's pronunciations in English phones, likeliest first; may be empty."""
    ways = (read_greedily(ipa, table) for table in (_NEAREST, _AS_NEAR))
    return tuple(dict.fromkeys(way for way in ways if way))
