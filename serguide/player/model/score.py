"""Captions and breaths of a sound, indexed by sample."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from serguide.base.units import Samples
from serguide.player.model.pacer import BreathPhase
from serguide.timeline.model import Event

if TYPE_CHECKING:
    from serguide.bundle.manifest_reading import EventEntry


@dataclass(frozen=True, slots=True)
class Caption:
    """Hold one sentence; start and end in samples of what is played, end exclusive."""

    start: Samples
    end: Samples
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Hold captions and breaths, each in order, in samples of what is played."""

    captions: tuple[Caption, ...] = ()
    breaths: tuple[BreathPhase, ...] = ()

    @classmethod
    def of(cls, placed: Iterable[tuple[int, Event | EventEntry]]) -> Score:
        """Return the score of events, each with the sample that its own are counted from."""
        captions, breaths = [], []
        for first, event in sorted(placed, key=lambda each: each[0] + each[1].start):
            start, end = Samples(first + event.start), Samples(first + event.end)
            if event.kind == "say":
                captions.append(Caption(start, end, event.text))
            elif event.phase is not None and end > start:
                breaths.append(BreathPhase(start, end, event.phase))
        return cls(tuple(captions), tuple(breaths))

    def caption_at(self, position: int) -> Caption | None:
        """Return the caption that is spoken at a position, or was the last before it.

        None before the first, and when a breath has begun since: what led one breath would
        contradict the next.
        """
        number = bisect_right(self.captions, position, key=lambda caption: caption.start)
        caption = self.captions[number - 1] if number else None
        if caption is None or (position >= caption.end and self._breathed(caption.end, position)):
            return None
        return caption

    def _breathed(self, since: int, position: int) -> bool:
        """Tell whether a phase of a breath began at or after `since`, up to a position."""
        number = bisect_right(self.breaths, position, key=lambda breath: breath.start)
        return number > 0 and self.breaths[number - 1].start >= since

    def breath_at(self, position: int) -> BreathPhase | None:
        """Return the phase of a breath that a position lies in, or None."""
        number = bisect_right(self.breaths, position, key=lambda breath: breath.start)
        breath = self.breaths[number - 1] if number else None
        return breath if breath is not None and position < breath.end else None
