"""Set what is spoken as headings and paragraphs, out of a manifest's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from serguide.bundle.manifest_reading import EventEntry, Manifest, TrackEntry
from serguide.bundle.words import InterfaceWords


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """Hold what is said below one heading; level: 1 for a track, 2 for a chapter inside one."""

    level: int
    title: str
    paragraphs: tuple[str, ...]


def spoken_parts(manifest: Manifest, words: InterfaceWords) -> tuple[SpokenPart, ...]:
    """Return the tracks' parts in order, and the way back to the room behind them."""
    details = manifest.serguide
    parts: list[SpokenPart] = []
    for number, track in enumerate(details.tracks):
        events = [event for event in details.events if event.track == number]
        parts += _parts(track, events, words, details.samplerate)
    ground = _paragraphs(details.ground_events, words, details.samplerate)
    return (*parts, SpokenPart(1, words.say("ground"), tuple(ground)))


def _parts(
    track: TrackEntry, events: Sequence[EventEntry], words: InterfaceWords, rate: int
) -> Iterator[SpokenPart]:
    chapters = [(each.start, each.title) for each in track.chapters if each.start > track.start]
    heads = [(track.start, track.title), *chapters]
    for index, (start, title) in enumerate(heads):
        end = heads[index + 1][0] if index + 1 < len(heads) else track.end + 1
        inside = [event for event in events if start <= event.start < end]
        paragraphs = tuple(_paragraphs(inside, words, rate))
        if paragraphs or not index:
            yield SpokenPart(2 if index else 1, title, paragraphs)


def _paragraphs(events: Sequence[EventEntry], words: InterfaceWords, rate: int) -> Iterator[str]:
    """Yield the sentences of each cue as one paragraph, and each block of breathing in words.

    A manifest names the line that an event was written in. What is spoken on the line of a
    breathing block guides it, and stands for itself in it.
    """
    told = [event for event in events if event.kind in ("say", "breathe")]
    ordered = sorted(told, key=lambda event: event.start)
    for _, together in groupby(ordered, key=lambda event: event.line):
        group = list(together)
        breaths = [event for event in group if event.kind == "breathe"]
        if breaths:
            yield _breathing(breaths, words, rate)
        else:
            yield " ".join(" ".join(event.text.split()) for event in group)


def _breathing(breaths: Sequence[EventEntry], words: InterfaceWords, rate: int) -> str:
    cycles = 1 + max(event.cycle or 0 for event in breaths)
    phases = [
        words.say(
            event.phase or "in",
            seconds=words.count("seconds", Fraction(event.end - event.start, rate)),
        )
        for event in breaths
        if not event.cycle
    ]
    return words.say("breathing", phases=", ".join(phases), times=words.count("times", cycles))
