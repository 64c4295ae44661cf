"""The built-in library, narrated once by espeak and measured; nothing is encoded."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, replace
from pathlib import Path

from serguide.audio.oneshots import frames_of
from serguide.base.units import SAMPLERATE, Seconds
from serguide.cache.store import Store
from serguide.catalogue import outline
from serguide.render.plan import spoken_of
from serguide.script.library import Libraries, builtin_library
from serguide.script.program import Breathing, Rest, SessionProgram
from serguide.script.resolve import Overrides, resolve
from serguide.timeline import SessionTimeline, TrackTimeline, lay_out
from serguide.voices.narrate import narrate
from serguide.voices.select import VoiceCast
from serguide.voices.speakable_names import KNOWN

LIBRARIES = Libraries([builtin_library()])

STATED = {
    "arriving-here": 3, "held-by-the-chair": 6, "soft-edges": 8, "squeeze-and-spread": 10,
    "head-like-a-lake": 7, "letting-the-screen-rest": 4, "night-harbour": 12,
    "easy-six": 6, "one-deep-breath": 5, "the-long-way-out": 5, "breath-optional": 5,
    "four-corners": 5, "bears-slow-balloon": 5,
    "porch-by-the-river": 10, "the-gatekeeper": 9, "inner-helpers-lamp": 10,
    "stone-in-the-stream": 8, "weather-inside": 8, "workshop-filter": 7, "nautilus-rooms": 10,
    "lantern-path": 8, "treehouse-blanket": 7,
    "five-to-one": 5, "feet-seat-hands": 3, "where-and-when": 3, "wave-passing": 6,
    "shake-and-settle": 4, "coming-back": 2, "paws-on-the-floor": 2,
    "what-came-with-me": 6, "lighter-heavier-same": 5, "words-in-the-throat": 6,
    "tomorrow-kindly": 5, "ask-my-therapist": 4,
    "the-first-evening": 20, "before-sleep": 20, "five-minute-reset": 5,
    "morning-orientation": 16, "after-a-strong-emotion": 16, "with-a-child-balloon": 7,
    "with-a-child-treehouse": 9, "the-day-after": 22, "before-the-next-appointment": 14,
    "the-gate": 19,
}  # fmt: skip
"""Minutes, as the catalogue states them; `about` says the same in words."""

NOTICES = frozenset({"before-we-begin", "before-the-pictures", "not-while-driving"})
"""Scripts that are only ever included."""

SHORT = 8
"""Sentences of fewer words say nothing about pace: their ends weigh too much."""


def names() -> list[str]:
    """Every script and session that can be heard alone, scripts first."""
    found = [name for name in LIBRARIES.names() if name not in NOTICES]
    return sorted(found, key=lambda name: (is_session(name), path_of(name).parent.name, name))


def path_of(name: str) -> Path:
    return LIBRARIES.names()[name]


def is_session(name: str) -> bool:
    return path_of(name).parent.name == "sessions"


@dataclass(frozen=True)
class Measured:
    """estimated, minutes: the whole length; words and silences: see the properties."""

    name: str
    estimated: float
    timeline: SessionTimeline

    @property
    def minutes(self) -> float:
        return self.timeline.frames / SAMPLERATE / 60

    @property
    def paced(self) -> bool:
        """Whether the breath is paced for a part of the time."""
        return any(isinstance(i, Breathing) for t in self.timeline.tracks for i in t.program.items)

    @property
    def speeds(self) -> list[float]:
        """Words a minute of every sentence that is not short."""
        return [
            words(event.text) * 60 * SAMPLERATE / (event.end - event.start)
            for track in self.timeline.tracks
            for event in track.speech()
            if words(event.text) >= SHORT
        ]

    @property
    def within(self) -> float:
        """Words a minute within phrases: the median sentence's."""
        return statistics.median(self.speeds)

    @property
    def overall(self) -> float:
        """Words a minute over the whole, silences too."""
        said = sum(words(e.text) for t in self.timeline.tracks for e in t.speech())
        return said / self.minutes

    @property
    def silence(self) -> float:
        """The longest silence that no words announce, in seconds."""
        return max(max(silences(track)) for track in self.timeline.tracks)


def words(text: str) -> int:
    return len(re.findall(r"[\w’'-]+", text))


def silences(track: TrackTimeline) -> list[float]:
    """Seconds between one thing heard and the next, announced rests left out."""
    rests = iter([item for item in track.program.items if isinstance(item, Rest)])
    found, last, announced = [], 0, False
    for event in track.events:
        if event.kind == "rest":
            announced = announced or next(rests).announced
        elif event.kind in ("say", "breathe", "sound"):
            if not announced:
                found.append((event.start - last) / SAMPLERATE)
            last, announced = max(last, event.end), False
    if not announced:
        found.append((track.frames - last) / SAMPLERATE)
    return found


class Rehearsal:
    """Speak the library through one store; every sentence is spoken once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def measure(self, name: str) -> Measured:
        """Measure a script, or a session at its stated length."""
        estimated = outline(path_of(name), LIBRARIES).frames / SAMPLERATE / 60
        return Measured(name, estimated, self.timeline(name))

    def timeline(self, name: str, minutes: float | None = None) -> SessionTimeline:
        """Lay out by narrated lengths; minutes: as with --length."""
        length = Seconds(round(minutes * 60)) if minutes else None  # type: ignore[arg-type]
        return self._lay_out(resolve(path_of(name), LIBRARIES, KNOWN, Overrides(length=length)))

    def natural(self, name: str) -> tuple[SessionTimeline, SessionTimeline]:
        """Lay out as long as it comes: by estimated lengths, by narrated ones."""
        program = replace(resolve(path_of(name), LIBRARIES, KNOWN), length=None)
        return lay_out(program, VoiceCast(program).estimate, frames_of), self._lay_out(program)

    def range(self, name: str) -> tuple[float, float]:
        """Return the shortest and the longest that it can be fitted to, in minutes."""
        shortest, longest = (self.timeline(name, minutes) for minutes in (1 / 60, 180))
        return shortest.frames / SAMPLERATE / 60, longest.frames / SAMPLERATE / 60

    def _lay_out(self, program: SessionProgram) -> SessionTimeline:
        cast = VoiceCast(program)
        narration = narrate(spoken_of(program), cast.voice_of, self._store)
        return lay_out(program, narration.frames_of, frames_of)
