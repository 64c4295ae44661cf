"""What was found in a take, counted against its truth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from long_takes import MadeTake

from serguide.alignment.aligned import FoundReading

NEAR = 0.15
"""Seconds by which an edge may be off."""


@dataclass
class Score:
    """Counts: right are sentences read that are found good where they are, and those not read
    that are not found good; accepted: the latter that were.
    """

    sentences: int = 0
    right: int = 0
    accepted: list[int] = field(default_factory=list)
    doubted: list[tuple[int, str]] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    misplaced: list[int] = field(default_factory=list)
    off: list[float] = field(default_factory=list)
    cut_off: list[float] = field(default_factory=list)

    @property
    def near(self) -> int:
        return sum(each <= NEAR for each in self.off)

    def __iadd__(self, other: Score) -> Score:
        self.sentences += other.sentences
        self.right += other.right
        for name in ("accepted", "doubted", "lost", "misplaced", "off", "cut_off"):
            getattr(self, name).extend(getattr(other, name))
        return self


def score(take: MadeTake, found: Iterable[FoundReading]) -> Score:
    """Return the counts of one take."""
    by_sentence = {each.sentence: each for each in found}
    result = Score(len(take.truth) + len(take.unread))
    for number in sorted({*take.unread, *by_sentence} - take.truth.keys()):
        good = number in by_sentence and by_sentence[number].state == "good"
        result.accepted += [number] if good else []
        result.right += number in take.unread and not good
    for number, truth in take.truth.items():
        each = by_sentence.get(number)
        if each is None:
            result.lost.append(number)
            continue
        overlap = min(each.speech_end, truth.end) - max(each.speech_start, truth.start)
        if overlap < 0.6 * (truth.end - truth.start):
            result.misplaced.append(number)
            result.accepted += [number] if each.state == "good" else []
            continue
        if each.state != "good":
            result.doubted.append((number, each.why))
        else:
            result.right += 1
        result.off += [abs(each.speech_start - truth.start), abs(each.speech_end - truth.end)]
        if not truth.breath:
            result.cut_off += [abs(each.start - truth.start), abs(each.end - truth.end)]
    return result
