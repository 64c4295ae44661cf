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
from serguide.script.library import Libraries, builtin_library
from serguide.script.program import Breathing, Rest, SessionProgram, spoken_of
from serguide.script.resolve import Overrides, resolve
from serguide.script.variants import without_language
from serguide.timeline import SessionTimeline, TrackTimeline, lay_out
from serguide.timeline.layout import lay_out_filled
from serguide.timeline.settle import settle
from serguide.voices.narrate import Narration, narrate
from serguide.voices.select import VoiceSelection
from serguide.voices.speakable_names import KNOWN

LIBRARIES = Libraries([builtin_library()])

STATED = {
    "arriving-here": 3.1, "held-by-the-chair": 6, "soft-edges": 8.6, "squeeze-and-spread": 10,
    "head-like-a-lake": 7.3, "letting-the-screen-rest": 4, "night-harbour": 12,
    "easy-six": 6, "one-deep-breath": 5, "the-long-way-out": 5, "breath-optional": 5,
    "four-corners": 5, "bears-slow-balloon": 5,
    "porch-by-the-river": 10, "the-gatekeeper": 9, "inner-helpers-lamp": 10,
    "stone-in-the-stream": 8, "weather-inside": 8, "workshop-filter": 7, "nautilus-rooms": 10,
    "lantern-path": 8, "treehouse-blanket": 7,
    "five-to-one": 5.3, "feet-seat-hands": 3, "where-and-when": 3, "wave-passing": 6.4,
    "shake-and-settle": 4, "coming-back": 2, "paws-on-the-floor": 2,
    "what-came-with-me": 5.8, "lighter-heavier-same": 5, "words-in-the-throat": 6,
    "tomorrow-kindly": 5, "ask-my-therapist": 4,
    "the-first-evening": 20, "before-sleep": 20, "five-minute-reset": 5,
    "morning-orientation": 16, "after-a-strong-emotion": 16, "with-a-child-balloon": 7,
    "with-a-child-treehouse": 9, "the-day-after": 22, "before-the-next-appointment": 14,
    "the-gate": 19,
    "right-now": 3.1, "fit-to-drive": 3.2, "here-again": 1.6, "light-on": 6.2, "back-softly": 2.3,
    "back-with-us": 2.5, "between-two-tasks": 5, "as-a-passenger": 5.5, "no-marks-for-this": 5.9,
    "one-line": 1.1, "day-1-water": 2.6, "day-2-window": 2.7, "day-3-a-thing": 2.4,
    "day-4-ten-steps": 2.9, "day-5-one-sound": 2.8, "day-6-a-small-no": 2.9, "day-7-to-keep": 2.8,
    "when-there-is-anger": 5.4, "when-there-is-grief": 6.3, "when-there-is-joy": 5.3,
    "words-in-the-belly": 4.9, "words-in-the-skin": 5.4, "alongside-pain": 7, "on-your-side": 7.3,
    "still-awake": 9.9, "toy-on-a-boat": 4.2, "tracing-a-hand": 5.5, "where-the-hands-lie": 4.7,
    "three-minutes-for-right-now": 3, "before-you-drive-home": 3.2, "awake-at-three": 10,
    "after-a-bad-dream": 6, "a-day-of-pain": 9.5, "anger": 7, "grief": 8, "joy": 7,
    "seven-days-1": 5, "seven-days-2": 5.5, "seven-days-3": 5, "seven-days-4": 5.5,
    "seven-days-5": 5.5, "seven-days-6": 5.5, "seven-days-7": 5.5, "a-word-from-the-belly": 6.5,
    "a-word-from-the-skin": 7, "a-work-break": 5, "on-a-journey": 5.5, "for-three-to-fives": 6.5,
    "for-nine-to-twelves": 8, "for-teenagers": 8.5, "in-pregnancy": 11, "ten-minutes": 10.5,
    "yours-to-keep": 3.9,
}  # fmt: skip
"""Minutes, as the catalogue states them; `about` says nothing of them."""

_ALIKE = {
    "arriving-here": 3.1, "bears-slow-balloon": 5.2, "before-sleep": 20, "coming-back": 2.15,
    "easy-six": 5.8, "feet-seat-hands": 2.9, "five-minute-reset": 5, "five-to-one": 5.3,
    "held-by-the-chair": 6.15, "lighter-heavier-same": 4.8, "night-harbour": 12,
    "paws-on-the-floor": 2, "porch-by-the-river": 10.2, "right-now": 3.1,
    "the-first-evening": 20, "three-minutes-for-right-now": 3,
    "the-long-way-out": 4.85, "tomorrow-kindly": 4.7, "with-a-child-balloon": 7,
}  # fmt: skip
LANGUAGES = ("cs", "de", "sk")
STATED |= {f"{name}-{tag}": minutes for name, minutes in _ALIKE.items() for tag in LANGUAGES}
STATED["letting-the-screen-rest-de"] = 4.1

_INCLUDED = ("before-we-begin", "before-the-pictures", "not-while-driving")
NOTICES = frozenset({*_INCLUDED, *(f"{name}-{tag}" for name in _INCLUDED for tag in LANGUAGES)})
"""Scripts that are only ever included."""

DWELLING = frozenset({
    "still-awake", "where-the-hands-lie", "when-there-is-grief", "on-your-side", "alongside-pain",
    "awake-at-three", "grief", "in-pregnancy", "a-day-of-pain", "one-line",
    "yours-to-keep",
})  # fmt: skip
"""English ones that stay with one thing for long, on purpose: few words a minute."""

SHORT = 8
"""Sentences of fewer words say nothing about pace: their ends weigh too much."""


def names() -> list[str]:
    """Every script and session that can be heard alone, scripts first."""
    found = [name for name in LIBRARIES.names() if name not in NOTICES]
    return sorted(found, key=lambda name: (is_session(name), path_of(name).parent.name, name))


def path_of(name: str) -> Path:
    return LIBRARIES.names()[name]


def language_of(name: str) -> str:
    """The language of a name, as its suffix says."""
    tag = name.rpartition("-")[2]
    return tag if tag in LANGUAGES else "en"


def in_english(name: str) -> str:
    """The name that the same script has in English."""
    return without_language(name, language_of(name))


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
        """Lay out as long as it comes, of the steps that its own length keeps: by estimated
        lengths, by narrated ones."""
        asked = resolve(path_of(name), LIBRARIES, KNOWN)
        left_out = lay_out(asked, VoiceSelection(asked).estimate, frames_of).left_out
        tracks = tuple(track for track in asked.tracks if track.title not in left_out)
        program = replace(asked, length=None, tracks=tracks)
        return lay_out(program, VoiceSelection(program).estimate, frames_of), self._lay_out(program)

    def range(self, name: str) -> tuple[float, float]:
        """Return the shortest and the longest that it can be fitted to, in minutes."""
        shortest, longest = (self.timeline(name, minutes) for minutes in (1 / 60, 180))
        return shortest.frames / SAMPLERATE / 60, longest.frames / SAMPLERATE / 60

    def _lay_out(self, program: SessionProgram) -> SessionTimeline:
        voices, narration = VoiceSelection(program), Narration(self._store, {})

        def lay(filled: SessionProgram) -> SessionTimeline:
            new = [spoken for spoken in spoken_of(filled) if not narration.holds(spoken)]
            narration.take_in(narrate(new, voices.voice_of, self._store))
            return lay_out_filled(filled, narration.frames_of, frames_of)

        return settle(program, lay)
