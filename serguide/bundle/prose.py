"""What a session says, as headings and paragraphs: the one shape behind transcript and page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from serguide.base.units import SAMPLERATE, Samples, seconds
from serguide.bundle.words import InterfaceWords
from serguide.script.program import PHASES
from serguide.timeline.model import Event, SessionTimeline, TrackTimeline


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


def _paragraphs(
    track: TrackTimeline, start: int, end: int, words: InterfaceWords
) -> Iterator[Paragraph]:
    sentences: list[Event] = []
    breaths: list[Event] = []
    for event in _told(track, start, end):
        if sentences and (event.kind != "say" or _cue(event) != _cue(sentences[-1])):
            yield _spoken(sentences)
            sentences = []
        if breaths and (event.kind != "breathe" or _begins(event, breaths[-1])):
            yield _breathing(breaths, words)
            breaths = []
        (sentences if event.kind == "say" else breaths).append(event)
    if sentences:
        yield _spoken(sentences)
    if breaths:
        yield _breathing(breaths, words)


def _told(track: TrackTimeline, start: int, end: int) -> Iterator[Event]:
    """Yield the sentences and breaths of a span, without the words that only guide a breath."""
    breathing_until = 0
    # "breathe" sorts before "say", so that a word said as a breath begins is known to guide it.
    for event in sorted(track.events, key=lambda event: (event.start, event.kind)):
        if event.kind == "breathe":
            breathing_until = max(breathing_until, event.end)
        elif event.kind != "say" or event.start < breathing_until:
            continue
        if start <= event.start < end:
            yield event


def _spoken(sentences: list[Event]) -> Paragraph:
    text = " ".join(" ".join(event.text.split()) for event in sentences)
    spoken = sentences[0].spoken
    return Paragraph("spoken", text, spoken.language if spoken else "")


def _breathing(breaths: list[Event], words: InterfaceWords) -> Paragraph:
    cycles = len({event.cycle for event in breaths})
    first = [event for event in breaths if event.cycle == breaths[0].cycle]
    phases = [
        words.say(
            event.phase or PHASES[0],
            seconds=words.count("seconds", Fraction(seconds(event.end - event.start))),
        )
        for event in first
    ]
    text = words.say("breathing", phases=", ".join(phases), times=words.count("times", cycles))
    return Paragraph("breathing", text, words.language)


def _cue(event: Event) -> int | None:
    return event.spoken.cue if event.spoken else None


def _begins(event: Event, before: Event) -> bool:
    """Tell whether a breath begins another block: another cue, or counting from 0 again."""
    return event.line != before.line or (event.cycle or 0) < (before.cycle or 0)
