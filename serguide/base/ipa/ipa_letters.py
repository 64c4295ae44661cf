"""Letters of the International Phonetic Alphabet, by how their sounds are made.

After the chart of the International Phonetic Association (2020): vowels by height, backness and
rounding, consonants by place, manner and voice. What is not here is no letter of a pronunciation:
clicks, implosives and letters for tones are left out, because no voice of the program has them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Vowel(NamedTuple):
    """Describe a vowel: height 0 (open) to 6 (close), backness 0 (front) to 4 (back)."""

    height: float
    backness: float
    rounded: bool


class Consonant(NamedTuple):
    """Describe a consonant: place 0 (lips) to 10 (glottis), manner of PLOSIVE to APPROXIMANT."""

    place: float
    manner: float
    voiced: bool


PLOSIVE, FRICATIVE, NASAL, TRILL, TAP, LATERAL, APPROXIMANT = 0.0, 1.5, 4.0, 2.4, 2.6, 2.9, 2.8

_VOWEL_ROWS: Final = (
    # height, then unrounded and rounded of front, near front, central, near back, back
    (6.0, "i y", "", "ɨ ʉ", "", "ɯ u"),
    (5.3, "", "ɪ ʏ", "ᵻ -", "- ʊ", ""),
    (4.0, "e ø", "", "ɘ ɵ", "", "ɤ o"),
    (3.0, "", "", "ə -", "", ""),
    (2.0, "ɛ œ", "", "ɜ ɞ", "", "ʌ ɔ"),
    (1.0, "æ -", "", "ɐ -", "", ""),
    (0.0, "a ɶ", "", "", "", "ɑ ɒ"),
)
_CONSONANT_ROWS: Final = (
    # manner, then place with voiceless and voiced
    (PLOSIVE, "0pb", "3td", "5ʈɖ", "6cɟ", "7kɡ", "8qɢ", "10ʔ-"),
    (NASAL, "0-m", "1-ɱ", "3-n", "5-ɳ", "6-ɲ", "7-ŋ", "8-ɴ"),
    (TRILL, "0-ʙ", "3-r", "8-ʀ"),
    (TAP, "1-ⱱ", "3-ɾ", "5-ɽ"),
    (FRICATIVE, "0ɸβ", "1fv", "2θð", "3sz", "4ʃʒ", "4.3ɕʑ", "5ʂʐ", "6çʝ",
     "7xɣ", "8χʁ", "9ħʕ", "10hɦ"),
    (LATERAL, "3ɬɮ", "3-l", "3.5-ɫ", "5-ɭ", "6-ʎ", "7-ʟ"),
    (APPROXIMANT, "0ʍw", "1-ʋ", "3-ɹ", "5-ɻ", "6-j", "6-ɥ", "7-ɰ"),
)  # fmt: skip


def _vowels() -> dict[str, Vowel]:
    found = {}
    for height, *places in _VOWEL_ROWS:
        for backness, pair in enumerate(places):
            for rounded, letter in enumerate(pair.split()):
                if letter != "-":
                    found[letter] = Vowel(height, backness, bool(rounded))
    return {**found, "ɚ": found["ə"], "ɝ": found["ɜ"]}


def _consonants() -> dict[str, Consonant]:
    found = {}
    for manner, *cells in _CONSONANT_ROWS:
        for cell in cells:
            place = float(cell[:-2])
            for voiced, letter in enumerate(cell[-2:]):
                if letter != "-":
                    found[letter] = Consonant(place, manner, bool(voiced))
    return found


VOWELS: Final = _vowels()
CONSONANTS: Final = _consonants()
LETTERS: Final = frozenset((*VOWELS, *CONSONANTS))

PRIMARY, SECONDARY, LONG = "ˈ", "ˌ", "ː"
MARKS: Final = frozenset(
    "ːˑʰʲʷˠˤ˞ʼ\u0303\u0329\u030d\u032f\u0311\u0325\u030a\u032a\u0306\u031a\u031d\u031e\u031f\u0320"
)
"""What stands behind a letter and changes it: long, aspirated, nasal, syllabic and the like."""

SYLLABIC: Final = frozenset("\u0329\u030d")
