"""Stretch rests and breaths, in proportion, until they fill a length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elastic:
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


def stretch(elastics: Sequence[Elastic], room: int) -> list[int]:
    """Choose a length for each so that together they come as near to `room` samples as they can.

    All are stretched by one factor within their own bounds; what whole breaths leave over goes
    to the rests. Returns lengths in each one's units.
    """
    # A long session repeats a few lengths many times.
    counted = Counter(elastics)
    low, high = 0.0, _HIGHEST_FACTOR
    if _total(counted, high) <= room:
        low = high
    for _ in range(80):
        middle = (low + high) / 2
        if _total(counted, middle) <= room:
            low = middle
        else:
            high = middle
    chosen = [elastic.at(low) for elastic in elastics]
    _spend(elastics, chosen, room - _total(counted, low))
    return chosen


def _total(counted: Mapping[Elastic, int], factor: float) -> int:
    return sum(elastic.at(factor) * elastic.unit * times for elastic, times in counted.items())


def _spend(elastics: Sequence[Elastic], chosen: list[int], left: int) -> None:
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
