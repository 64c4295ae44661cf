"""Fit a pronunciation to the sounds that a voice has, and measure how far two are apart.

Distances are by how sounds are made (`ipa_letters.py`), 0 for the same and 1 for two that no
listener takes for each other; NEAR is what a dictionary's broad writing leaves open: /r/ for ɹ, /e/
for ɛ, /a/ for æ, one accent's vowel for the other's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from serguide.base.ipa.ipa_letters import CONSONANTS, MARKS, PRIMARY, SECONDARY, VOWELS
from serguide.base.ipa.ipa_writing import units_of

NEAR: Final = 0.36
_GLIDES: Final = {"ɪ": "i", "i": "i", "ʏ": "i", "ʊ": "u", "u": "u", "ə": "ə", "ɐ": "ə"}
_LONGEST: Final = 4  # characters that one sound of a voice is written with
_STRESS: Final = frozenset((PRIMARY, SECONDARY, " "))


@dataclass(frozen=True, slots=True)
class FittedIpa:
    """Hold a pronunciation in a voice's sounds.

    units: its sounds, stress and spaces in order; replaced: each sound that it lacks and that
    nothing near stands for, with what is said instead, empty when nothing is.
    """

    units: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...] = ()


def fitted(ipa: str, sounds: Collection[str]) -> FittedIpa:
    """Return a pronunciation in the sounds of a voice, each the same or the nearest.

    ipa: as `read_ipa` gives it; sounds: in IPA, some of several letters, such as `əʊ` and `tʃ`.
    """
    said: list[str] = []
    replaced: dict[tuple[str, str], None] = {}
    position = 0
    while position < len(ipa):
        if ipa[position] in _STRESS:
            said.append(ipa[position])
            position += 1
            continue
        taken = _whole(ipa, position, sounds)
        if taken:
            said.append(taken)
            position += len(taken)
            continue
        first, *following = units_of(ipa[position:])[:2]
        both = first + following[0] if following else ""
        found = _diphthong(first, following[0], sounds) if following else None
        if found is not None:
            said.append(found)
            position += len(both)
            continue
        found, far = _nearest(first, sounds)
        if far > NEAR:
            replaced[first, found] = None
        if found:
            said.append(found)
        position += len(first)
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
            + abs(ours.height - theirs.height) / 6
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
            + abs(mine.place - yours.place) / 6
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
            if following not in MARKS or not following:
                return part
    return ""


def _diphthong(first: str, second: str, sounds: Collection[str]) -> str | None:
    """Return the voice's own diphthong that glides the same way, from nearby."""
    glide = _GLIDES.get(second[0])
    if first[0] not in VOWELS or len(first) > 1 or glide is None:
        return None
    own = [
        each
        for each in sounds
        if len(each) == 2 and each[0] in VOWELS and _GLIDES.get(each[1]) == glide
    ]
    near = min(own, key=lambda each: (distance(first, each[0]), each), default=None)
    return near if near is not None and distance(first, near[0]) <= 2 * NEAR else None


def _nearest(unit: str, sounds: Collection[str]) -> tuple[str, float]:
    """Return the sound that stands for a letter with its marks, and how far it is."""
    letter, marks = unit[0], unit[1:]
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
