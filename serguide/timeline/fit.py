"""Fit rests and breaths to a length, in proportion."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ElasticPart:
    """Hold something whose length may change.

    natural, shortest, longest: in units of `unit` samples; a rest's unit is one sample, a
    block of breathing's is its cycle.
    """

    natural: int
    shortest: int
    longest: int
    unit: int = 1

    def at(self, factor: float) -> int:
        """Return its length, in units, when stretched by a factor."""
        return min(max(round(self.natural * factor), self.shortest), self.longest)


_HIGHEST_FACTOR = 1e6


_GRID = 64
"""Factors between 1 and 2 that several tracks may have in common; see stretch_apart."""

_UNEVEN = 1.15
"""How much more than the others one track's rests may be stretched to make up for the grid."""


def stretch(elastics: Sequence[ElasticPart], available: int) -> list[int]:
    """Choose a length for each so that together they come as near to `available` samples as can be.

    All are stretched by one factor within their own bounds; what whole breaths leave over goes
    to the rests. Returns lengths in each one's units.
    """
    factor = _factor(elastics, available)
    chosen = [elastic.at(factor) for elastic in elastics]
    _spend(elastics, chosen, available - _samples(elastics, chosen))
    return chosen


def stretch_apart(groups: Sequence[Sequence[ElasticPart]], available: int) -> list[list[int]]:
    """Choose lengths as `stretch` does, for several tracks, so that most survive an edit.

    One exact factor for all would move every rest of a session when one sentence grows by a
    tenth of a second. So the factor stands on a coarse grid, and one track, the smallest that
    can do so without being heard to, takes up what is left.
    """
    everything = [elastic for group in groups for elastic in group]
    together = stretch(everything, available)
    reached = _samples(everything, together)
    factor = _factor(everything, available)
    coarse = math.floor(factor * _GRID) / _GRID
    chosen = [[elastic.at(coarse) for elastic in group] for group in groups]
    left = reached - sum(map(_samples, groups, chosen))
    for index in sorted(range(len(groups)), key=lambda index: (_rests(groups[index]), index)):
        own = _samples(groups[index], chosen[index])
        alone = stretch(groups[index], own + left)
        if own and _samples(groups[index], alone) == own + left <= own * _UNEVEN:
            chosen[index] = alone
            return chosen
    lengths = iter(together)
    return [[next(lengths) for _ in group] for group in groups]


def _rests(group: Sequence[ElasticPart]) -> int:
    return sum(elastic.natural for elastic in group if elastic.unit == 1)


def _samples(elastics: Sequence[ElasticPart], lengths: Sequence[int]) -> int:
    return sum(e.unit * length for e, length in zip(elastics, lengths, strict=True))


def _factor(elastics: Sequence[ElasticPart], available: int) -> float:
    """Return the largest factor that does not take more than `available` samples."""
    # A long session repeats a few lengths many times. This is where fitting one spends its time:
    # `ElasticPart.at` is written out below.
    counted = [
        (part.natural, part.shortest, part.longest, part.unit * times)
        for part, times in Counter(elastics).items()
    ]
    if available >= sum(
        (longest if natural else shortest) * each for natural, shortest, longest, each in counted
    ):
        return _HIGHEST_FACTOR
    # From here on every part has its longest length, which was seen to be too long.
    beyond = max(
        ((longest + 1) / natural for natural, _, longest, _ in counted if natural), default=0.0
    )
    low, high = 0.0, _HIGHEST_FACTOR
    for _ in range(80):
        middle = (low + high) / 2
        if middle in (low, high):
            break  # no number lies between them: what follows would change nothing
        if middle < beyond and available >= sum(
            min(max(round(natural * middle), shortest), longest) * each
            for natural, shortest, longest, each in counted
        ):
            low = middle
        else:
            high = middle
    return low


def _spend(elastics: Sequence[ElasticPart], chosen: list[int], left: int) -> None:
    """Give samples that are left over to rests that can still grow, in proportion."""
    while left > 0:
        growing = [
            index
            for index, elastic in enumerate(elastics)
            if elastic.unit == 1 and chosen[index] < elastic.longest
        ]
        if not growing:
            return
        weight = sum(max(elastics[index].natural, 1) for index in growing)
        before = left
        for index in growing:
            elastic = elastics[index]
            share = -(-before * max(elastic.natural, 1) // weight)
            more = min(share, elastic.longest - chosen[index], left)
            chosen[index] += more
            left -= more
