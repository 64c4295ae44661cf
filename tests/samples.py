"""Small, real timelines to try things on."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from itertools import pairwise

from serguide.base.units import Decibels, Samples, Seconds, samples, whole_frames
from serguide.bundle.model import AudioFile, Contents
from serguide.render.measures import SessionLoudness
from serguide.script.program import (
    Breathing,
    Origin,
    Pause,
    Rest,
    SessionProgram,
    Sound,
    SoundscapeChoice,
    Spoken,
    TrackProgram,
)
from serguide.timeline.model import Event, Fit, Placed, SessionTimeline, TrackTimeline


class TrackMaker:
    """Put items one after another, as the timeline room does."""

    def __init__(self, step, kind="relaxation", title="", language="en", about="", bed=True):
        self.step, self.kind, self.title = step, kind, title or step.replace("-", " ").capitalize()
        self.language, self.about = language, about
        self.bed = SoundscapeChoice("porch-by-the-river", Decibels(-20.0)) if bed else None
        self.now = Fraction(1)
        self.cue = 0
        self.line = 8
        self.placed: list[Placed] = []
        self.chapters: list[tuple[Samples, str]] = []

    @property
    def _origin(self):
        return Origin(f"{self.step}.yaml", self.line)

    def _event(self, kind, length, **more):
        start, end = samples(self.now), samples(self.now + Fraction(length))
        self.now += Fraction(length)
        return Event(kind, start, end, self.line, **more)

    def _add(self, item, kind, length, **more):
        self.placed.append(Placed(item, (self._event(kind, length, **more),)))

    def _spoken(self, text):
        return Spoken(text, text, self.language, self._origin, self.cue)

    def say(self, *sentences, seconds=None, after=1):
        """Say the sentences of one cue, a short pause after each."""
        self.cue += 1
        self.line += 1
        for text in sentences:
            spoken = self._spoken(text)
            # A calm voice needs about 0.42 s for a word.
            length = seconds or Fraction(42, 100) * max(2, len(text.split()))
            self._add(spoken, "say", length, text=text, spoken=spoken)
            self._add(Pause(Seconds(Fraction(after)), self._origin), "pause", after)
        return self

    def rest(self, length, kind="rest"):
        self.line += 1
        lasts = Seconds(Fraction(length))
        item = (
            Rest(lasts, lasts, lasts, False, self._origin)
            if kind == "rest"
            else Pause(lasts, self._origin)
        )
        self._add(item, kind, length)
        return self

    def sound(self, name="bowl", length=6):
        self.line += 1
        level = Decibels(-6.0)
        self._add(Sound(name, level, self._origin), "sound", length, text=name, volume_db=level)
        return self

    def chapter(self, title):
        self.line += 1
        self.chapters.append((samples(self.now), title))
        return self

    def breathe(self, cycles=4, guide=2, **phases):
        """Breathe in cycles; phases in seconds: in_, hold, out, rest."""
        self.cue += 1
        self.line += 1
        lengths = {name.strip("_"): length for name, length in phases.items()}
        words = {each: self._spoken(f"Breathe {each}") for each in lengths if each in ("in", "out")}
        events = []
        for cycle in range(cycles):
            for phase, length in lengths.items():
                if cycle < guide and phase in words:
                    start, word = samples(self.now), words[phase]
                    end = Samples(start + samples(Fraction(9, 10)))
                    events.append(Event("say", start, end, self.line, text=word.text, spoken=word))
                tone = cycle >= guide
                events.append(self._event("breathe", length, phase=phase, cycle=cycle, tone=tone))
        item = Breathing(
            tuple((phase, Seconds(Fraction(length))) for phase, length in lengths.items()),
            cycles, cycles, cycles, tuple(words.items()), guide, True, False, self._origin,
        )  # fmt: skip
        self.placed.append(Placed(item, tuple(events)))
        return self

    def done(self) -> TrackTimeline:
        frames = whole_frames(samples(self.now + 2))
        program = TrackProgram(
            self.step, self.kind, self.title, self.about, self.language, "adult", "solo",
            ("seated", "lying"), self.bed, None, (), f"scripts/{self.step}.yaml",
        )  # fmt: skip
        chapters = ((Samples(0), self.title), *self.chapters)
        return TrackTimeline(program, frames, tuple(self.placed), chapters, samples(4), samples(10))


def session(
    *tracks: TrackTimeline,
    title="The first evening",
    about="For the evening after a session of bodywork.",
    language="en",
    ending="alert",
    name="the-first-evening",
    ground: TrackTimeline | None = None,
) -> SessionTimeline:
    ground = ground or ground_track()
    total = Samples(sum(track.frames for track in tracks))
    program = SessionProgram(
        name, title, about, language, ending, "espeak:en-us", None,
        tuple(track.program for track in tracks), ground.program, f"sessions/{name}.yaml",
    )  # fmt: skip
    return SessionTimeline(program, tracks, ground, Fit(None, total, total, 1.0, 0))


def ground_track() -> TrackTimeline:
    return (
        TrackMaker("five-to-one", "grounding", bed=False)
        .say("Look around.", "Name five things that you can see.", after=3)
        .rest(8)
        .say("Four things that you can hear.")
        .rest(8)
        .say("You are here, in this room.")
        .done()
    )


def small_session() -> SessionTimeline:
    """Two tracks, every kind of event, about a minute and a half."""
    arriving = (
        TrackMaker("arriving-here")
        .sound()
        .say("If you like, close your eyes, or rest them on one spot.", "Either is fine.")
        .rest(6, "pause")
        .say("Notice where your back meets the chair.")
        .rest(12)
        .done()
    )
    six = (
        TrackMaker("easy-six", "breathing")
        .say("Let the next breath leave a little more slowly than it came.")
        .breathe(cycles=3, guide=1, in_=4, out=6)
        .chapter("On its own")
        .say("Now let your breath find its own way.")
        .rest(10)
        .done()
    )
    return session(arriving, six)


def contents_of(timeline: SessionTimeline, suffix=".mp3", delay=0) -> Contents:
    """Give a timeline the audio files that a render would have made."""

    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    ends = [0]
    for track in timeline.tracks:
        ends.append(ends[-1] + track.frames)
    tracks = tuple(
        AudioFile(
            f"tracks/{number:02}-{track.program.step}{suffix}",
            digest(track.program.step),
            Samples(start),
            Samples(end),
            Samples(delay),
        )
        for number, (track, (start, end)) in enumerate(
            zip(timeline.tracks, pairwise(ends), strict=True), 1
        )
    )
    whole = AudioFile(f"session{suffix}", digest("session"), Samples(0), Samples(ends[-1]))
    ground = AudioFile(f"ground{suffix}", digest("ground"), Samples(0), timeline.ground.frames)
    return Contents(timeline, whole, tracks, ground, SessionLoudness(-18.14, -18.04, -2.3))


def evening() -> SessionTimeline:
    """About twenty minutes, with the shape of a real session."""
    arriving = TrackMaker("arriving-here").sound()
    for _ in range(4):
        arriving.say(
            "You do not have to do anything right now.",
            "Let the day stay outside the door for a while.",
            after=2,
        ).rest(9).say("Feel what is under you, and how it carries you.").rest(7)
    held = TrackMaker("held-by-the-chair", title="Held by the chair")
    held.say("Notice the chair, from below, in your own time.").rest(14)
    for number in range(9):
        if number == 4:
            held.chapter("Weight")
        if number == 7:
            held.chapter("Sounds outside")
        held.say(
            "Perhaps one place is warmer than another.",
            "There is nothing to change about it.",
            after=3,
        ).rest(18 + number).say("And again the chair.").rest(6)
    six = TrackMaker("easy-six", "breathing").say(
        "If you like, let the next breath leave a little more slowly than it came.",
        "Six breaths in a minute, and no effort in any of them.",
    )
    six.rest(8).breathe(cycles=18, guide=3, in_=4, out=6).chapter("On its own")
    six.say("Now let your breath go its own way.", "Thank you.").rest(20)
    lighter = TrackMaker("lighter-heavier-same", "integration", "Lighter, heavier, same")
    for _ in range(7):
        lighter.say(
            "Some people feel lighter afterwards, some heavier, some just the same.",
            "All of it is fine, and none of it has to stay.",
            after=2,
        ).rest(16).sound("chime", 3).rest(8)
    back = TrackMaker("coming-back", "grounding").say("Hear the room.").rest(6)
    for _ in range(4):
        back.say("Move your fingers, and your toes.", "Look round, slowly.", after=3).rest(7)
    back.sound("bell", 5)
    return session(*(maker.done() for maker in (arriving, held, six, lighter, back)))
