"""Layout of a part whose rests stay as they are, while its sentences get their own lengths."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import Final

from serguide.audio.oneshots import frames_of
from serguide.base.errors import UsageError
from serguide.base.units import SAMPLERATE, Samples, Seconds
from serguide.script.program import Breathing, Chapter, Item, Rest, Spoken, TrackProgram
from serguide.studio.session.session_desk import LaidSession
from serguide.timeline.layout import lay_out_filled
from serguide.timeline.model import Placed, SessionTimeline, TrackTimeline

GROUND: Final = -1
"""The place of the way back to the room, which stands beside the parts."""


class HeldLayout:
    """Lay a part out anew, as lengths of its sentences become known.

    A session that is fitted would move rests that were heard already; here none moves, so what
    comes before the first sentence of unknown length stays where it is.
    """

    def __init__(self, laid: LaidSession, part: int) -> None:
        """Take a part by its place among those that are heard, or GROUND. Raises UsageError."""
        self.track = track_of(laid.timeline, part)
        program = laid.timeline.program
        last = part == len(laid.timeline.tracks) - 1
        self._laid = laid
        self._program = dataclasses.replace(
            program,
            tracks=(_held(self.track),),
            length=None,
            ending=program.ending if last else "alert",
        )
        self._lengths: dict[Spoken, Samples] = {}
        self.lay()

    def lay(self) -> None:
        """Lay it out with the lengths that are known now. Raises ScriptError."""
        self.track = lay_out_filled(self._program, self._length_of, frames_of).tracks[0]

    def learn(self, spoken: Spoken, frames: Samples) -> bool:
        """Take in a sentence's length, for the next layout; tell whether it is another one."""
        before = self._length_of(spoken)
        self._lengths[spoken] = frames
        return frames != before

    def _length_of(self, spoken: Spoken) -> Samples:
        if spoken not in self._lengths:
            laid = self._laid
            self._lengths[spoken] = laid.durations.of(laid.voices.voice_of(spoken), spoken)
        return self._lengths[spoken]


def track_of(timeline: SessionTimeline, part: int) -> TrackTimeline:
    """Return a part by its place, or GROUND. Raises UsageError for one that is not there."""
    if part == GROUND:
        return timeline.ground
    if not 0 <= part < len(timeline.tracks):
        raise UsageError("This part is not there any more.", "Look at the list once more.")
    return timeline.tracks[part]


def place_in(other: TrackTimeline, track: TrackTimeline, sample: int) -> int:
    """Return where a sample of a track lies in another layout of the same part."""
    index = next((n for n, each in enumerate(track.placed) if each.end > sample), None)
    if index is None or index >= len(other.placed):
        return min(sample, other.frames)
    here, there = track.placed[index], other.placed[index]
    if sample < here.start:  # in the silence before it
        before = other.placed[index - 1].end if index else 0
        return max(before, there.start - (here.start - sample))
    return min(there.start + sample - here.start, there.end)


def _held(track: TrackTimeline) -> TrackProgram:
    """Return a part's program with every rest and breath as it is laid out."""
    placed = iter(track.placed)
    items = tuple(
        item if isinstance(item, Chapter) else _as_laid(next(placed))
        for item in track.program.items
    )
    return dataclasses.replace(track.program, items=items, length=None)


def _as_laid(placed: Placed) -> Item:
    item = placed.item
    if isinstance(item, Rest):
        length = Seconds(Fraction(placed.end - placed.start, SAMPLERATE))
        return dataclasses.replace(item, length=length, shortest=length, longest=length)
    if isinstance(item, Breathing):
        cycles = 1 + max(event.cycle or 0 for event in placed.events)
        return dataclasses.replace(item, cycles=cycles, fewest=cycles, most=cycles)
    return item
