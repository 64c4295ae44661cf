"""Fit a pronunciation to the sounds that a voice has, and measure how far two are apart.

Distances are by how sounds are made (`ipa_letters.py`), 0 for the same and 1 for two that no
listener takes for each other; NEAR is what a dictionary's broad writing leaves open: /r/ for ɹ, /e/
for ɛ, /a/ for æ, one accent's vowel for the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from serguide.base.ipa.ipa_letters import CONSONANTS, LONG, MARKS, PRIMARY, SECONDARY, VOWELS
from serguide.base.ipa.ipa_writing import units_of

NEAR: Final = 0.36
_GLIDES: Final = {"ɪ": "ɪi", "ʊ": "ʊu"}
"""How a diphthong may end in a dictionary, and in a voice's own."""

_LONGEST: Final = 4  # characters that one sound of a voice is written with
_BROAD: Final = {
    "e": ("ɛ",), "ɛ": ("e",), "ɔ": ("o",), "o": ("ɔ",), "a": ("æ", "ɑ"), "æ": ("a", "ɛ"),
    "ɑ": ("a",), "ɒ": ("ɔ", "ɑː", "a"), "i": ("iː",), "u": ("uː",), "ɪ": ("i",), "ʊ": ("u",),
    "ɜ": ("ɜː",), "ə": ("ɐ",), "ɚ": ("ə",), "ʌ": ("ɐ", "a"), "ɝ": ("ɜː",),
    "r": ("ɹ", "ʁ", "ɾ"), "ɹ": ("r", "ʁ", "ɾ"), "ʁ": ("ʀ", "ɹ", "r", "ɾ"),
    "ɾ": ("r", "ɹ"), "ɫ": ("l",),
}  # fmt: skip
"""What a dictionary's letter stands for in a language that has only the others, the best first."""

_ACROSS: Final = 3
"""Steps of backness that part a front vowel from a back one."""

_STRESS: Final = frozenset((PRIMARY, SECONDARY, " "))


@dataclass(frozen=True, slots=True)
class FittedIpa:
    """Hold a pronunciation in a voice's sounds.

    units: its sounds, stress and spaces in order; replaced: each sound that it lacks and that
    nothing near stands for, with what is said instead, empty when nothing is.
    """

    units: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()


def fitted(ipa: str, sounds: Collection[str], foreign: Collection[str] = frozenset()) -> FittedIpa:
    """Return a pronunciation in the sounds of a voice, each the same or the nearest.

    ipa: as `read_ipa` gives it; sounds: in IPA, some of several letters, such as `əʊ` and `tʃ`;
    foreign: others that the voice can make, for what none of its language is near.
    """
    said: list[str] = []
    replaced: dict[tuple[str, str], None] = {}
    position = 0
    while position < len(ipa):
        if ipa[position] in _STRESS:
            said.append(ipa[position])
            position += 1
            continue
        unit, *following = units_of(ipa[position:])[:2]
        taken = _whole(ipa, position, sounds)
        if not taken and unit[0] in MARKS:  # behind a stress: a sound without a vowel, drawn out
            said.extend(said[-2:-1] * len(unit))
            position += len(unit)
            continue
        if len(taken) <= len(unit) and following:
            own = _diphthong(unit, following[0], sounds)
            if own:
                said.append(own)
                position += len(unit) + len(following[0])
                continue
        if not taken:
            found, far = _nearest(unit, sounds)
            taken = _whole(ipa, position, foreign) if far > NEAR else ""
        if taken:
            said.append(taken)
            position += len(taken)
            continue
        if far > NEAR:
            found, far = _nearest(unit, {*sounds, *foreign})
            if far > NEAR:
                replaced[unit, found] = None
        if found:
            said.append(found)
        position += len(unit)
    return FittedIpa(tuple(said), tuple(replaced))


def apart(first: str, second: str) -> float:
    """Return how far two pronunciations are apart, 0 to 1, by the sounds that differ.

    The least cost of making one of the other (Wagner and Fischer, 1974), by the longer's length;
    stress and length count nothing.
    """
    ours, theirs = _letters(first), _letters(second)
    costs = [float(index) for index in range(len(theirs) + 1)]
    for row, one in enumerate(ours, start=1):
        above, costs[0] = costs[0], float(row)
        for column, other in enumerate(theirs, start=1):
            change = above + min(1.0, distance(one, other))
            above = costs[column]
            costs[column] = min(change, above + 1.0, costs[column - 1] + 1.0)
    return costs[-1] / max(len(ours), len(theirs), 1)


def distance(one: str, other: str) -> float:
    """Return how far two letters are apart; 2 for a vowel and a consonant."""
    if one == other:
        return 0.0
    if one in VOWELS and other in VOWELS:
        ours, theirs = VOWELS[one], VOWELS[other]
        return min(
            1.0,
            0.05
            + abs(ours.height - theirs.height) / 7
            + abs(ours.backness - theirs.backness) / 12
            + 0.1 * (ours.rounded != theirs.rounded),
        )
    if one in CONSONANTS and other in CONSONANTS:
        mine, yours = CONSONANTS[one], CONSONANTS[other]
        if {one, other} <= _RHOTIC:
            return 0.15
        return min(
            1.0,
            0.05
            + abs(mine.place - yours.place) / 3
            + abs(mine.manner - yours.manner) / 4
            + 0.3 * (mine.voiced != yours.voiced),
        )
    return 2.0


_RHOTIC: Final = frozenset("rɹɾʀʁɻɽ")
"""What is written r in one language or another."""


def _whole(ipa: str, position: int, sounds: Collection[str]) -> str:
    """Return the longest sound of the voice that stands here with all its marks."""
    for length in range(_LONGEST, 0, -1):
        part = ipa[position : position + length]
        if len(part) == length and part in sounds:
            following = ipa[position + length : position + length + 1]
            if following not in MARKS or following in sounds:
                return part
    return ""


def _diphthong(first: str, second: str, sounds: Collection[str]) -> str | None:
    """Return the voice's own diphthong that glides the same way, from nearby."""
    ends = _GLIDES.get(second)
    if len(first) > 1 or first not in VOWELS or ends is None:
        return None
    own = [each for each in sounds if len(each) == 2 and each[0] in VOWELS and each[1] in ends]
    near = min(own, key=lambda each: (distance(first, each[0]), each), default=None)
    if near is None or distance(first, near[0]) > 2 * NEAR:
        return None
    return near if abs(VOWELS[first].backness - VOWELS[near[0]].backness) < _ACROSS else None


def _nearest(unit: str, sounds: Collection[str]) -> tuple[str, float]:
    """Return the sound that stands for a letter with its marks, and how far it is."""
    letter, marks = unit[0], unit[1:]
    if not marks.strip(LONG):
        for end in dict.fromkeys((marks, "")):
            for broad in _BROAD.get(letter, ()):
                if broad + end in sounds:
                    return broad + end, NEAR / 2
    single = [each for each in sounds if each[0] in _KNOWN and set(each[1:]) <= MARKS]
    if not single:
        return "", 1.0

    def cost(each: str) -> tuple[float, str]:
        other = set(marks) ^ set(each[1:])
        return distance(letter, each[0]) + sum(_MARK_COST.get(m, 0.12) for m in other), each

    found = min(single, key=cost)
    return (found, cost(found)[0]) if distance(letter, found[0]) < 2 else ("", 1.0)


_KNOWN: Final = frozenset((*VOWELS, *CONSONANTS))
_MARK_COST: Final = {"ː": 0.06, "ˑ": 0.01, "\u0303": 0.4, "ʲ": 0.2, "\u0329": 0.3}


def _letters(ipa: str) -> Sequence[str]:
    return [letter for letter in ipa if letter in _KNOWN]
