"""Resolved script: flat items, nothing left to look up.

A Program is flat and free of names to look up: everything after it (check, narration,
timeline) reads these items and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from serguide.base.units import Decibels, Seconds

Phase = Literal["in", "hold", "out", "rest"]
PHASES: tuple[Phase, ...] = ("in", "hold", "out", "rest")


@dataclass(frozen=True, slots=True)
class Origin:
    """Point to the cue that an item comes from; line counts from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Sounded:
    """Give a stretch of what is spoken its sounds.

    start, end: its characters, end exclusive; ipa: as `serguide.base.ipa` reads it.
    """

    start: int
    end: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Hold one sentence, or the part of one before an inline pause.

    text: as written, values filled in (what captions show); spoken: as the voice gets it;
    voice: a voice's name, or None for the session's; cue: counts the program's cues, so that
    sentences of one cue can be told from those of the next; private: holds a filled-in value;
    sounds: stretches of `spoken` that have IPA, in order, for voices that take it.
    """

    text: str
    spoken: str
    language: str
    origin: Origin
    cue: int
    pace: float = 1.0
    volume_db: Decibels = Decibels(0.0)
    voice: str | None = None
    beats: tuple[str, ...] = ()
    private: bool = False
    sounds: tuple[Sounded, ...] = ()


@dataclass(frozen=True, slots=True)
class Pause:
    """Be silent for an exact time."""

    length: Seconds
    origin: Origin


@dataclass(frozen=True, slots=True)
class Rest:
    """Be silent for about a time, within bounds, so that a session can be fitted."""

    length: Seconds
    shortest: Seconds
    longest: Seconds
    announced: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Breathing:
    """Breathe in cycles on an absolute grid.

    phases: (phase, length) in order, without empty ones; words: what is spoken at the start
    of each phase for the first guide_cycles cycles, empty when nothing is; tone: whether a
    tone leads the breath, from the first cycle (tone_from_start) or once the words have ended.
    """

    phases: tuple[tuple[Phase, Seconds], ...]
    cycles: int
    fewest: int
    most: int
    words: tuple[tuple[Phase, Spoken], ...]
    guide_cycles: int
    tone: bool
    tone_from_start: bool
    origin: Origin

    @property
    def cycle_length(self) -> Seconds:
        """Return the exact length of one cycle, in seconds."""
        return Seconds(sum((length for _, length in self.phases), Fraction(0)))


@dataclass(frozen=True, slots=True)
class Sound:
    """Play a one-shot."""

    name: str
    volume_db: Decibels
    origin: Origin


@dataclass(frozen=True, slots=True)
class Chapter:
    """Begin a part that a listener can jump to."""

    title: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Waiver:
    """Waive a rule in a file, with the reason; origin: the line of the `allow` entry."""

    code: str
    reason: str
    origin: Origin


TimedItem = Spoken | Pause | Rest | Breathing | Sound
"""What takes time on a timeline."""

Item = TimedItem | Chapter


@dataclass(frozen=True, slots=True)
class SoundscapeChoice:
    """Name the soundscape under a voice, and its level relative to speech, in dB."""

    name: str
    level_db: Decibels


@dataclass(frozen=True, slots=True)
class TrackProgram:
    """Hold one step of a session, ready to be narrated.

    step: the script's name; length: what the step asks to be fitted to, or None; bed: None
    for no soundscape; optional: it may be left out to reach a length.
    """

    step: str
    kind: str
    title: str
    about: str
    language: str
    audience: str
    supervision: str
    postures: tuple[str, ...]
    bed: SoundscapeChoice | None
    length: Seconds | None
    items: tuple[Item, ...]
    path: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SessionProgram:
    """Hold a whole session; a script rendered alone is a session of one track.

    ground: the track for "come back to the room"; voice: a voice's name; waivers: of all files
    that the session draws in; alone: this is one script, not a session; made_for: what the
    placeholder `name` is filled with, or empty; voice_chosen: nobody named the voice, or only as
    `natural`; then each language has its own best; libraries: folders in which recorded voices
    lie, in the order in which they are looked through.
    """

    name: str
    title: str
    about: str
    language: str
    ending: Literal["alert", "sleep"]
    voice: str
    length: Seconds | None
    tracks: tuple[TrackProgram, ...]
    ground: TrackProgram
    path: str
    waivers: tuple[Waiver, ...] = ()
    alone: bool = False
    made_for: str = ""
    voice_chosen: bool = False
    libraries: tuple[Path, ...] = ()


def spoken_of(program: SessionProgram) -> Iterator[Spoken]:
    """Yield every sentence and guide word of a session and its ground track, in order."""
    for track in (*program.tracks, program.ground):
        for item in track.items:
            if isinstance(item, Spoken):
                yield item
            elif isinstance(item, Breathing):
                yield from (word for _, word in item.words)
