"""Timeline data: first and last sample of everything that is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from serguide.base.units import Decibels, Samples
from serguide.script.program import Phase, SessionProgram, Spoken, TimedItem, TrackProgram

EventKind = Literal["say", "pause", "rest", "breathe", "sound"]


@dataclass(frozen=True, slots=True)
class Event:
    """Say what happens from sample `start` up to, not including, `end`.

    text: the sentence as written (say), or the one-shot's name (sound); phase and cycle: of a
    breathe event, cycles counted from 0; spoken: what is said (say); volume_db: of a sound;
    tone: a guide tone leads this phase; line: in the script that it comes from, from 1.
    """

    kind: EventKind
    start: Samples
    end: Samples
    line: int
    text: str = ""
    phase: Phase | None = None
    cycle: int | None = None
    spoken: Spoken | None = None
    volume_db: Decibels = Decibels(0.0)
    tone: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold an item of a program and the events that it made, in order; at least one."""

    item: TimedItem
    events: tuple[Event, ...]

    @property
    def start(self) -> Samples:
        """Return the item's first sample."""
        return self.events[0].start

    @property
    def end(self) -> Samples:
        """Return the sample after the item's last one."""
        return max(event.end for event in self.events)


@dataclass(frozen=True)
class TrackTimeline:
    """Hold one track's positions, counted from the track's own first sample.

    frames: the track's length, whole MP3 frames; placed: every item that takes time, with its
    events, in order; chapters: (position, title), the first at 0; fade_in, fade_out: of the
    soundscape, in samples.
    """

    program: TrackProgram
    frames: Samples
    placed: tuple[Placed, ...]
    chapters: tuple[tuple[Samples, str], ...]
    fade_in: Samples
    fade_out: Samples

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return every event, in order."""
        return tuple(event for placed in self.placed for event in placed.events)

    def speech(self) -> Iterator[Event]:
        """Yield the say events, in order."""
        return (event for event in self.events if event.kind == "say")


@dataclass(frozen=True, slots=True)
class Fit:
    """Say how a session came to its length.

    asked: None when no length was asked for; all in samples. rests: by how much rests were
    stretched; breaths: cycles added (or, below zero, left out).
    """

    asked: Samples | None
    natural: Samples
    got: Samples
    rests: float
    breaths: int

    @property
    def residual(self) -> Samples:
        """Return by how many samples the length is over (or, below zero, under) the asked."""
        return Samples(self.got - self.asked) if self.asked is not None else Samples(0)


@dataclass(frozen=True, slots=True)
class SessionTimeline:
    """Hold a session's tracks one after another, and its ground track beside them.

    step_fits: (step, fit) of the steps that asked for a length of their own; left_out: the titles
    of optional steps that are not in it, so that the length could be reached.
    """

    program: SessionProgram
    tracks: tuple[TrackTimeline, ...]
    ground: TrackTimeline
    fit: Fit
    step_fits: tuple[tuple[str, Fit], ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def starts(self) -> tuple[Samples, ...]:
        """Return each track's first sample in the session."""
        total, found = 0, []
        for track in self.tracks:
            found.append(Samples(total))
            total += track.frames
        return tuple(found)

    @property
    def frames(self) -> Samples:
        """Return the session's length in samples."""
        return Samples(sum(track.frames for track in self.tracks))
