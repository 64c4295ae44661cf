"""Subject of the rules: a resolved session with its times and the meaning of its cues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from serguide.base.units import SAMPLERATE
from serguide.notices.model import Contact
from serguide.safety.beats import canonical
from serguide.safety.lexicon import beats_in, found, lexicon_of
from serguide.safety.passages import Passage, Wording, passages, seams, wordings
from serguide.safety.plausible import borne_out
from serguide.safety.reader import SecondReader
from serguide.safety.rule import Finding
from serguide.safety.shown import shown
from serguide.script.program import (
    Breathing,
    Item,
    Origin,
    Pause,
    Rest,
    SessionProgram,
    Spoken,
    TrackProgram,
)
from serguide.timeline.model import Placed, SessionTimeline, TrackTimeline
from serguide.voices.base import Voice


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Hold what a check is told from outside.

    today: for the age of the contacts; locale: which the contacts are for; unverified: those of
    its country that no bundle shows; sends_to: who else receives a sentence, None for nobody;
    measured: a sentence's length was taken from its rendered clip, not estimated; reader: reads
    by meaning, None to go by the rules alone; voice_of: the voice of a sentence, where known.
    """

    today: date
    locale: str
    contacts: tuple[Contact, ...]
    sends_to: Callable[[Spoken], str | None]
    measured: Callable[[Spoken], bool]
    unverified: tuple[Contact, ...] = ()
    reader: SecondReader | None = None
    voice_of: Callable[[Spoken], Voice] | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """Hold one say cue: its sentences, when they are spoken, what it means.

    start, end: seconds of the track; stated: the beats that the writer put there; means: those,
    or, where there are none, what the word lists read in it; offers: for what is to the
    listener's good, what the lists read and what of the stated the words can bear out.
    """

    sentences: tuple[Spoken, ...]
    start: float
    end: float
    stated: frozenset[str]
    means: frozenset[str]
    offers: frozenset[str]

    @property
    def origin(self) -> Origin:
        """Return the cue's place."""
        return self.sentences[0].origin

    @property
    def text(self) -> str:
        """Return the sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class PacedBreathing:
    """Hold a block of paced breathing; start, end: seconds of the track."""

    breathing: Breathing
    start: float
    end: float

    @property
    def rate(self) -> float:
        """Return breaths a minute."""
        return 60.0 / float(self.breathing.cycle_length)


@dataclass(frozen=True, slots=True)
class Silence:
    """Hold a time in which nothing is said or played; origin: of its longest part.

    labelled: a rest in it states that it is announced; unled: a breath that nothing leads is in it.
    """

    start: float
    end: float
    labelled: bool
    unled: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Technique:
    """Hold something that is done to a listener; kind: breathing, imagery or tension."""

    kind: str
    start: float
    origin: Origin


class TrackSubject:
    """Look at one step of a session. Times are seconds of the track."""

    def __init__(self, timeline: TrackTimeline) -> None:
        self.timeline = timeline
        self.program: TrackProgram = timeline.program

    @property
    def seconds(self) -> float:
        """Return the track's length."""
        return self.timeline.frames / SAMPLERATE

    @property
    def origin(self) -> Origin:
        """Return the place that stands for the whole script."""
        return Origin(self.program.path, 1)

    @cached_property
    def sentences(self) -> tuple[Spoken, ...]:
        """Return what is said, guide words apart."""
        return tuple(item for item in self.program.items if isinstance(item, Spoken))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the sentences as they are heard, across inline pauses."""
        return passages(self.sentences)

    @cached_property
    def seams(self) -> tuple[Passage, ...]:
        """Return what stands around each pause, cue's end and row of dots."""
        return tuple(seams(self.sentences))

    def wordings(self, code: str) -> Iterator[Wording]:
        """Yield each match of a rule's words in what is said."""
        return wordings(code, self.sentences, self.passages, self.seams)

    @cached_property
    def sayings(self) -> tuple[Saying, ...]:
        """Return the say cues in order."""
        spoken = [place for place in self.timeline.placed if isinstance(place.item, Spoken)]
        return tuple(
            _saying(list(places))
            for _, places in groupby(spoken, key=lambda placed: _cue_of(placed.item))
        )

    @cached_property
    def breathings(self) -> tuple[PacedBreathing, ...]:
        """Return the blocks of paced breathing in order."""
        return tuple(
            PacedBreathing(place.item, place.start / SAMPLERATE, place.end / SAMPLERATE)
            for place in self.timeline.placed
            if isinstance(place.item, Breathing)
        )

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """Return the stretches of silence between words, led breaths and sounds."""
        runs = groupby(self.timeline.placed, key=lambda place: _is_silent(place.item))
        return tuple(_silence(list(places)) for quiet, places in runs if quiet)

    @cached_property
    def techniques(self) -> tuple[Technique, ...]:
        """Return what is done to a listener, in order: breathing, imagery, tension."""
        kinds = {"image": "imagery", "tense": "tension"}
        done = [
            Technique(kinds[beat], saying.start, saying.origin)
            for saying in self.sayings
            for beat in sorted(kinds.keys() & saying.means)
        ]
        done += [Technique("breathing", b.start, b.breathing.origin) for b in self.breathings]
        return tuple(sorted(done, key=lambda each: each.start))


class Subject:
    """Look at a whole session, or at a script alone, which is a session of one track."""

    def __init__(self, timeline: SessionTimeline, context: CheckContext) -> None:
        self.program: SessionProgram = timeline.program
        self.context = context
        self.timeline = timeline
        self.tracks = tuple(TrackSubject(track) for track in timeline.tracks)
        self.ground = TrackSubject(timeline.ground)

    @property
    def alone(self) -> bool:
        """Tell whether this is a script, which inherits nothing."""
        return self.program.alone

    @property
    def origin(self) -> Origin:
        """Return the place that stands for the whole file."""
        return Origin(self.program.path, 1)

    @property
    def seconds(self) -> float:
        """Return the session's length."""
        return self.timeline.frames / SAMPLERATE

    @cached_property
    def all_tracks(self) -> tuple[TrackSubject, ...]:
        """Return the tracks, and the ground track of a session unless it is one of them."""
        known = {track.program.step for track in self.tracks}
        if self.alone or self.ground.program.step in known:
            return self.tracks
        return (*self.tracks, self.ground)

    @cached_property
    def sleeps(self) -> bool:
        """Tell whether it ends in sleep: declared, or a lone script whose last words lead there."""
        if not self.alone:
            return self.program.ending == "sleep"
        sayings = self.tracks[0].sayings
        return bool(sayings) and "sleep" in sayings[-1].means

    @cached_property
    def sleepy_words(self) -> str:
        """Return the last words that alone make a lone script end in sleep; else nothing."""
        if not self.alone or not self.sleeps or "sleep" in self.tracks[0].sayings[-1].stated:
            return ""
        last = self.tracks[0].sayings[-1]
        lexicon = lexicon_of(last.sentences[0].language)
        hit = lexicon.first("beats", "sleep", last.text) if lexicon else None
        return hit.text if hit else ""

    @cached_property
    def first_technique(self) -> tuple[int, Technique] | None:
        """Return the first technique, and the index of its track; None when there is none."""
        return next(
            (
                (index, track.techniques[0])
                for index, track in enumerate(self.tracks)
                if track.techniques
            ),
            None,
        )

    def before_technique(self) -> Iterator[Saying]:
        """Yield what is said before the first technique; without one, in the first track."""
        if self.first_technique is None:
            yield from self.tracks[0].sayings
            return
        index, technique = self.first_technique
        for track in self.tracks[:index]:
            yield from track.sayings
        yield from (s for s in self.tracks[index].sayings if s.start < technique.start)

    def how(self, track: TrackSubject) -> str:
        """Say whether a track's lengths are measured or estimated."""
        measured = [self.context.measured(sentence) for sentence in track.sentences]
        if measured and all(measured):
            return "measured"
        return "estimated, in part" if any(measured) else "estimated"

    def wordings(
        self, code: str, message: str, *, tracks: tuple[TrackSubject, ...] = ()
    ) -> Iterator[Finding]:
        """Yield a finding for each match of a rule's words, spoken or shown.

        `{}` in the message is the match.
        """
        tracks = tracks or self.all_tracks
        for track in tracks:
            path = track.program.path
            for word in track.wordings(code):
                told = f"“{word.text}”"
                if word.heard:
                    yield pronounced(word, message.format(f"{told} by `pronounce`"), path)
                else:
                    yield Finding(message.format(told), word.part.origin, word.text, path)
        for each in dict.fromkeys(shown(self, tracks)):
            for hit in found(code, each.language, each.text):
                told = f"“{hit.text}” in {each.where}"
                yield Finding(message.format(told), each.origin, hit.text, each.track)


def pronounced(word: Wording, message: str, path: str) -> Finding:
    """Return a finding about words that stand under `pronounce`, in the head of a file."""
    return Finding(message, Origin(word.part.origin.path, 1), word.text, path)


def _cue_of(item: Item) -> int:
    return item.cue if isinstance(item, Spoken) else -1


def _saying(places: list[Placed]) -> Saying:
    sentences = tuple(place.item for place in places if isinstance(place.item, Spoken))
    stated = canonical(beat for sentence in sentences for beat in sentence.beats)
    text = " ".join(sentence.text for sentence in sentences)
    read = beats_in(sentences[0].language, text)
    return Saying(
        sentences,
        places[0].start / SAMPLERATE,
        places[-1].end / SAMPLERATE,
        stated,
        stated or read,
        read | borne_out(stated - read, text),
    )


def _is_silent(item: Item) -> bool:
    """Tell whether nothing is heard: a breath that neither words nor a tone lead is a silence."""
    if isinstance(item, Breathing):
        return not item.words and not item.tone
    return isinstance(item, Pause | Rest)


def _silence(places: list[Placed]) -> Silence:
    longest = max(places, key=lambda place: place.end - place.start)
    return Silence(
        places[0].start / SAMPLERATE,
        places[-1].end / SAMPLERATE,
        any(isinstance(place.item, Rest) and place.item.announced for place in places),
        any(isinstance(place.item, Breathing) for place in places),
        longest.item.origin,
    )
