"""Text of a session as headings and paragraphs, for transcript and page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Literal

from serguide.base.units import SAMPLERATE, Samples, seconds
from serguide.bundle.words import InterfaceWords
from serguide.notices.model import Notices
from serguide.script.program import PHASES, Breathing, Spoken
from serguide.timeline.model import Placed, SessionTimeline, TrackTimeline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold the sentences of one cue (spoken), or one breathing block in words (breathing)."""

    kind: Literal["spoken", "breathing"]
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ProsePart:
    """Hold what is said from one heading to the next.

    level: 1 for a track, 2 for a chapter inside one; start: in samples of the track.
    """

    level: Literal[1, 2]
    title: str
    start: Samples
    language: str
    paragraphs: tuple[Paragraph, ...]


def parts_of(track: TrackTimeline, words: InterfaceWords) -> tuple[ProsePart, ...]:
    """Return a track's parts: its own heading first, then one for each later chapter."""
    chapters = [(position, title) for position, title in track.chapters if position > 0]
    heads = [(Samples(0), track.program.title), *chapters]
    ends = [*(position for position, _ in chapters), track.frames + 1]
    return tuple(
        ProsePart(
            level=2 if index else 1,
            title=title,
            start=start,
            language=track.program.language,
            paragraphs=tuple(_paragraphs(track, start, ends[index], words)),
        )
        for index, (start, title) in enumerate(heads)
    )


def minutes(timeline: SessionTimeline, words: InterfaceWords) -> str:
    """Return the session's length in whole minutes, in words; at least one minute."""
    return words.count("minutes", max(1, round(timeline.frames / SAMPLERATE / 60)))


def for_whom(notices: Notices, words: InterfaceWords) -> str:
    """Return `For Zoë, from Ana`, or what is known of it; empty where nothing is."""
    giver = notices.supervised_by or notices.practice.name
    if notices.made_for and giver:
        return words.say("for from", name=notices.made_for, giver=giver)
    if notices.made_for:
        return words.say("for", name=notices.made_for)
    return words.say("from", giver=notices.supervised_by) if notices.supervised_by else ""


def _paragraphs(
    track: TrackTimeline, start: int, end: int, words: InterfaceWords
) -> Iterator[Paragraph]:
    """Yield the paragraphs of a span: one for each say cue and each block of breathing."""
    told = [
        placed
        for placed in track.placed
        if isinstance(placed.item, Spoken | Breathing) and start <= placed.start < end
    ]
    for _, together in groupby(told, key=_paragraph_of):
        first, *_ = group = list(together)
        if isinstance(first.item, Breathing):
            yield _breathing(first, words)
        else:
            yield _spoken([placed.item for placed in group if isinstance(placed.item, Spoken)])


def _paragraph_of(placed: Placed) -> tuple[str, int]:
    """Tell apart what makes paragraphs of its own: say cues, and each block of breathing."""
    item = placed.item
    return ("cue", item.cue) if isinstance(item, Spoken) else ("block", placed.start)


def _spoken(sentences: list[Spoken]) -> Paragraph:
    text = " ".join(" ".join(spoken.text.split()) for spoken in sentences)
    return Paragraph("spoken", text, sentences[0].language)


def _breathing(placed: Placed, words: InterfaceWords) -> Paragraph:
    breaths = [event for event in placed.events if event.kind == "breathe"]
    cycles = 1 + max(event.cycle or 0 for event in breaths)
    phases = [
        words.say(
            event.phase or PHASES[0],
            seconds=words.count("seconds", Fraction(seconds(event.end - event.start))),
        )
        for event in breaths
        if event.cycle == 0
    ]
    text = words.say("breathing", phases=", ".join(phases), times=words.count("times", cycles))
    return Paragraph("breathing", text, words.language)
