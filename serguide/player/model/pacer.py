"""Phase of a breath at a position: computed from the position alone, so that it cannot drift."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from serguide.base.units import SAMPLERATE, Samples
from serguide.script.program import Phase


@dataclass(frozen=True, slots=True)
class BreathPhase:
    """Hold one phase of one breath; start and end in samples of what is played, end exclusive."""

    start: Samples
    end: Samples
    phase: Phase

    def fullness(self, position: int) -> float:
        """Return how full the lungs are at a position: 0 to 1, along half a cosine."""
        if self.phase == "hold":
            return 1.0
        if self.phase == "rest":
            return 0.0
        way = (position - self.start) / (self.end - self.start)
        rising = 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, way)))
        return rising if self.phase == "in" else 1.0 - rising

    def seconds_left(self, position: int) -> int:
        """Return the seconds until the phase ends, counted down to 1."""
        return max(1, math.ceil((self.end - position) / SAMPLERATE))


def breaths_from(breaths: Sequence[BreathPhase], first: BreathPhase) -> list[BreathPhase]:
    """Return the breaths that follow one another without a gap, from the first on."""
    run: list[BreathPhase] = []
    for breath in breaths[breaths.index(first) :]:
        if run and breath.start - run[-1].end > SAMPLERATE:
            break
        run.append(breath)
    return run
