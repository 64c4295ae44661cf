"""Lay a program out: give every cue its first and last sample.

Speech length is known only after narration, so the layout asks for it: `duration_of` is the
narrated length when rendering and an estimate when showing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from serguide.base.errors import Problem, ScriptError
from serguide.base.units import LONGEST, MP3_FRAME, Samples, samples, whole_frames
from serguide.script.program import (
    Breathing,
    Chapter,
    Item,
    Origin,
    Pause,
    Rest,
    SessionProgram,
    Sound,
    Spoken,
    TimedItem,
    TrackProgram,
)
from serguide.timeline import breath
from serguide.timeline.fit import ElasticPart, stretch_apart
from serguide.timeline.model import Event, Fit, Placed, SessionTimeline, TrackTimeline
from serguide.timeline.settle import settle

DurationOf = Callable[[Spoken], Samples]
SoundFrames = Callable[[str], Samples]

SENTENCE_GAP = samples(Fraction(7, 10))
"""Between two sentences of one cue."""

CUE_GAP = samples(Fraction(6, 5))
"""Between two cues that no pause or rest parts."""

VALUE_GRID = samples(Fraction(1, 2))
"""Steps in which a sentence with a client's value takes up time, its silence included.

The silence that the script does not mention behind it is up to so much longer, so that what
follows stands where it stands for names of nearly the same length, and is mixed and encoded once
for all of them."""

EDGE = Samples(2 * MP3_FRAME)
"""Digital silence at both ends of a track, so that tracks join by their frames."""

FADE_IN, FADE_OUT, FADE_OUT_SLEEP = samples(4), samples(10), samples(30)
"""Of the soundscape, at a track's ends; the last track of a sleep session goes slowest."""

BARE_EDGE = samples(1)
"""Silence before and after the words of a track without a soundscape."""


NEAR = samples(5)
"""How far a session may be from the length that it was asked for and still be called that long."""


def lay_out(
    program: SessionProgram, duration_of: DurationOf, sound_frames: SoundFrames
) -> SessionTimeline:
    """Give every cue of a session its samples, fitted to the lengths that are asked for.

    Lengths that are said (`{quiet}`, `{minutes}`) are filled in as fitted. Raises ScriptError
    with every guide word that is longer than its phase, and for a session longer than a day.
    """
    return settle(program, lambda filled: lay_out_filled(filled, duration_of, sound_frames))


def lay_out_filled(
    program: SessionProgram, duration_of: DurationOf, sound_frames: SoundFrames
) -> SessionTimeline:
    """Lay out a program in which every length that is said stands in words; see `lay_out`."""
    last = len(program.tracks) - 1
    drafts = [
        _Draft(track, duration_of, sound_frames, index == last and program.ending == "sleep")
        for index, track in enumerate(program.tracks)
    ]
    ground = _Draft(program.ground, duration_of, sound_frames, sleep=False)
    problems = {problem for draft in [*drafts, ground] for problem in draft.problems}
    if problems:
        raise ScriptError(problems)

    # Known before anything is laid out, which would take its time over days of sound.
    if sum(draft.shortest() for draft in drafts) > samples(LONGEST):
        raise _too_long(drafts)

    step_fits = tuple(
        (draft.program.step, _fit([draft], [], samples(draft.program.length)))
        for draft in drafts
        if draft.program.length is not None
    )
    asked = samples(program.length) if program.length is not None else None
    kept, fit = _fit_steps(drafts, asked)
    timeline = SessionTimeline(
        dataclasses.replace(program, tracks=tuple(draft.program for draft in kept)),
        tuple(draft.timeline() for draft in kept),
        ground.timeline(),
        fit,
        step_fits,
        tuple(draft.program.title for draft in drafts if draft not in kept),
    )
    if timeline.frames > samples(LONGEST):
        raise _too_long(drafts)
    return timeline


def _fit_steps(drafts: list[_Draft], asked: Samples | None) -> tuple[list[_Draft], Fit]:
    """Fit a session; where its rests have no more room, leave out optional steps, the last first.

    Of all that was tried, what comes nearest stands.
    """
    tried = [(drafts, _fit_drafts(drafts, asked))]
    while tried[-1][1].residual > NEAR:
        kept = tried[-1][0]
        optional = [draft for draft in kept if draft.program.optional]
        if not optional or len(kept) == 1:
            break
        kept = [draft for draft in kept if draft is not optional[-1]]
        tried.append((kept, _fit_drafts(kept, asked)))
    best = min(range(len(tried)), key=lambda index: (abs(tried[index][1].residual), index))
    if best != len(tried) - 1:
        _fit_drafts(tried[best][0], asked)  # what was tried last chose other lengths
    return tried[best]


def _fit_drafts(drafts: list[_Draft], asked: Samples | None) -> Fit:
    free = [draft for draft in drafts if draft.program.length is None]
    fixed = [draft for draft in drafts if draft.program.length is not None]
    return _fit(free, fixed, asked)


def _too_long(drafts: Sequence[_Draft]) -> ScriptError:
    """Return the error of a session longer than a day, at the cue that takes most of it."""
    lengths = ((draft.longest(), index) for index, draft in enumerate(drafts))
    (_, origin), _ = max(lengths, key=lambda found: (found[0][0], -found[1]))
    message, hint = "with this, the session is longer than a day", "take breaths or steps out"
    return ScriptError([Problem(origin.path, origin.line, 1, "L018", message, hint)])


@dataclass(frozen=True, slots=True)
class _Slot:
    """Hold an item that may be stretched: its place among the items, and by how much."""

    index: int
    elastic: ElasticPart


class _Draft:
    """Hold a track whose elastic items have a chosen length, at first their natural one."""

    def __init__(
        self,
        program: TrackProgram,
        duration_of: DurationOf,
        sound_frames: SoundFrames,
        sleep: bool,
    ) -> None:
        self.program = program
        self.problems: list[Problem] = []
        self._duration_of = duration_of
        self._sound_frames = sound_frames
        for item in program.items:
            if isinstance(item, Breathing):
                self.problems.extend(breath.too_long(item, duration_of))
        self.fade_in = FADE_IN if program.bed else Samples(0)
        self.fade_out = (FADE_OUT_SLEEP if sleep else FADE_OUT) if program.bed else Samples(0)
        self._lead = EDGE + self.fade_in if program.bed else BARE_EDGE
        self._tail = self.fade_out + EDGE if program.bed else BARE_EDGE
        self.slots = [
            _Slot(index, elastic)
            for index, item in enumerate(program.items)
            if (elastic := _elastic_of(item)) is not None
        ]
        self.choose([slot.elastic.natural for slot in self.slots])

    @cached_property
    def _fixed(self) -> dict[int, Samples]:
        """Return the lengths of what does not stretch, by its place among the items."""
        found: dict[int, Samples] = {}
        for index, item in enumerate(self.program.items):
            if isinstance(item, Spoken):
                found[index] = self._duration_of(item)
            elif isinstance(item, Pause):
                found[index] = samples(item.length)
            elif isinstance(item, Sound):
                found[index] = self._sound_frames(item.name)
        return found

    @cached_property
    def _silences(self) -> tuple[dict[int, Samples], Samples]:
        """Return the silence before each item that the script says nothing about, and at the end.

        By an item's place; behind a client's value, the first such silence ends on VALUE_GRID.
        """
        found: dict[int, Samples] = {}
        owed = 0
        before: Item | None = None
        for index, item in enumerate(self.program.items):
            if isinstance(item, Chapter):
                continue
            gap = _gap(before, item)
            if gap or isinstance(item, Rest):
                gap, owed = Samples(gap + -owed % VALUE_GRID), 0
            found[index] = gap
            if isinstance(item, Spoken) and item.private:
                owed += self._fixed[index]
            before = item
        return found, Samples(-owed % VALUE_GRID)

    def shortest(self) -> int:
        """Return a number of samples that this track will not be shorter than."""
        elastic = sum(slot.elastic.shortest * slot.elastic.unit for slot in self.slots)
        return elastic + sum(self._fixed.values())

    def longest(self) -> tuple[int, Origin]:
        """Return the length and the place of the item that takes most."""
        found = [
            (self._length(index), item.origin)
            for index, item in enumerate(self.program.items)
            if not isinstance(item, Chapter)
        ]
        return max(found, key=lambda each: each[0], default=(0, Origin(self.program.path, 1)))

    @property
    def frames(self) -> Samples:
        """Return the track's length as it is chosen now."""
        chosen = sum(map(self._length, self._chosen))
        silences, end = self._silences
        inside = sum(silences.values()) + sum(self._fixed.values()) + chosen + end
        return whole_frames(self._lead + inside + self._tail)

    def _length(self, index: int) -> Samples:
        """Return how many samples the item at a place takes, as it is chosen now."""
        if index in self._fixed:
            return self._fixed[index]
        item, chosen = self.program.items[index], self._chosen[index]
        if isinstance(item, Breathing):
            return samples(item.cycle_length * chosen)
        return Samples(chosen)

    def choose(self, lengths: Sequence[int]) -> None:
        self._chosen = {
            slot.index: length for slot, length in zip(self.slots, lengths, strict=True)
        }

    def chosen(self, slot: _Slot) -> int:
        return self._chosen[slot.index]

    def timeline(self) -> TrackTimeline:
        cursor = Samples(self._lead)
        placed: list[Placed] = []
        chapters: list[tuple[Samples, str]] = [(Samples(0), self.program.title)]
        silences, last = self._silences
        begins: Chapter | None = None
        for index, item in enumerate(self.program.items):
            if isinstance(item, Chapter):
                begins = item
                continue
            cursor = Samples(cursor + silences[index])
            if begins and placed:
                chapters.append((cursor, begins.title))
            elif begins:
                chapters[0] = (Samples(0), begins.title)
            begins = None
            end = Samples(cursor + self._length(index))
            placed.append(Placed(item, tuple(self._events(item, index, cursor, end))))
            cursor = end
        return TrackTimeline(
            program=self.program,
            frames=whole_frames(cursor + last + self._tail),
            placed=tuple(placed),
            chapters=tuple(chapters),
            fade_in=self.fade_in,
            fade_out=self.fade_out,
        )

    def _events(self, item: TimedItem, index: int, start: Samples, end: Samples) -> list[Event]:
        """Return an item's events, in order."""
        line = item.origin.line
        if isinstance(item, Spoken):
            return [Event("say", start, end, line, text=item.text, spoken=item)]
        if isinstance(item, Pause):
            return [Event("pause", start, end, line)]
        if isinstance(item, Rest):
            return [Event("rest", start, end, line)]
        if isinstance(item, Sound):
            return [Event("sound", start, end, line, text=item.name, volume_db=item.volume_db)]
        assert isinstance(item, Breathing)
        phases = list(breath.grid(item, start, self._chosen[index]))
        spoken = breath.words(item, phases, self._duration_of)
        return sorted([*phases, *spoken], key=lambda event: event.start)


def _gap(before: Item | None, item: Item) -> Samples:
    """Return the silence between two items that the script says nothing about."""
    if not isinstance(before, Spoken | Breathing) or isinstance(item, Pause | Rest):
        return Samples(0)
    if isinstance(before, Spoken) and isinstance(item, Spoken) and before.cue == item.cue:
        return SENTENCE_GAP
    return CUE_GAP


def _elastic_of(item: Item) -> ElasticPart | None:
    if isinstance(item, Rest):
        return ElasticPart(samples(item.length), samples(item.shortest), samples(item.longest))
    if isinstance(item, Breathing):
        return ElasticPart(item.cycles, item.fewest, item.most, samples(item.cycle_length))
    return None


def _frames(drafts: Sequence[_Draft]) -> int:
    return sum(draft.frames for draft in drafts)


def _fit(free: Sequence[_Draft], fixed: Sequence[_Draft], asked: Samples | None) -> Fit:
    """Stretch the free drafts until they and the fixed ones are as long as asked; report."""
    taken = _frames(fixed)
    natural = _frames(free) + taken
    if asked is None:
        return Fit(None, Samples(natural), Samples(natural), 1.0, 0)
    slots = [(draft, slot) for draft in free for slot in draft.slots]
    groups = [[slot.elastic for slot in draft.slots] for draft in free]
    before = sum(slot.elastic.natural * slot.elastic.unit for _, slot in slots)
    available = asked - (natural - before)
    got = natural
    # Tracks are whole MP3 frames long, and a cycle may not be a whole number of samples: what
    # the first round is off by, the next ones take into account.
    for _ in range(3):
        for draft, lengths in zip(free, stretch_apart(groups, available), strict=True):
            draft.choose(lengths)
        got = _frames(free) + taken
        if got <= asked:
            break
        available -= got - asked
    rests = [
        (draft.chosen(slot), slot.elastic.natural)
        for draft, slot in slots
        if slot.elastic.unit == 1
    ]
    breaths = sum(
        draft.chosen(slot) - slot.elastic.natural for draft, slot in slots if slot.elastic.unit > 1
    )
    rested = sum(natural_rest for _, natural_rest in rests)
    factor = sum(chosen for chosen, _ in rests) / rested if rested else 1.0
    return Fit(asked, Samples(natural), Samples(got), factor, breaths)
