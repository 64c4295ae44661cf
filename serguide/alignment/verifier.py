"""Measure readings of one take: at once, or ahead of the question by other processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Final

from serguide.alignment.activity import Activity
from serguide.alignment.evidence import Evidence, ReadingSound
from serguide.alignment.take_sound import HOP, TakeSound

Score = Callable[[ReadingSound], Evidence | None]
"""Weighs one stretch."""

_AROUND: Final = 0.2  # seconds before and after the reading that are looked at too


class Verifier:
    """Measure readings by their sentence, start and end in seconds of the take."""

    def __init__(
        self, score: Score, sound: TakeSound, activity: Activity, ahead: Executor | None = None
    ) -> None:
        """Take what weighs a stretch; ahead: what can do so while something else is done."""
        self._score, self._sound, self._activity, self._ahead = score, sound, activity, ahead
        self._expected: dict[tuple[int, float, float], Future[Evidence | None]] = {}

    def expect(self, sentence: int, start: float, end: float) -> None:
        """Begin with what will be asked for, where that can be done meanwhile."""
        if self._ahead is not None:
            heard = self._heard(sentence, start, end)
            self._expected[sentence, start, end] = self._ahead.submit(self._score, heard)

    def measure(self, sentence: int, start: float, end: float) -> Evidence | None:
        """Return what a stretch says of a sentence; None where its words cannot be laid on it."""
        expected = self._expected.pop((sentence, start, end), None)
        if expected is not None:
            return expected.result()
        return self._score(self._heard(sentence, start, end))

    def _heard(self, sentence: int, start: float, end: float) -> ReadingSound:
        first = max(0.0, start - _AROUND)
        samples = self._sound.sixteen(first, end + _AROUND)
        begin = round(first * 100)
        here = slice(begin, begin + len(samples) // HOP + 1)
        level, floor = self._activity.level[here], self._activity.floor[here]
        return ReadingSound(sentence, first, samples, level, floor)
