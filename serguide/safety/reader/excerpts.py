"""Passages that the second reader reads: sentences, windows of three, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from serguide.safety.passages import Passage
from serguide.safety.shown import shown
from serguide.safety.subject import Subject, TrackSubject
from serguide.script.program import Origin
from serguide.script.sentence_split import split_sentences

_WINDOW = 3
_LONGEST_WINDOW = 30
"""Words of a window at most; longer sentences stand by themselves, and take long to read."""

_FEWEST_WORDS = 3
"""Words below which there is nothing to judge: “And rest.”"""


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a text to be read, and where it stands.

    phrase: words of the file by which it is found; track: the file of the step; private: holds a
    client's words; inside: the texts of its sentences, when it is a window.
    """

    text: str
    origin: Origin
    phrase: str
    track: str
    language: str
    private: bool = False
    inside: tuple[str, ...] = ()


def units(subject: Subject) -> Iterator[Unit]:
    """Yield everything that is read of a session, in order."""
    for track in subject.all_tracks:
        yield from _sentences(track)
        yield from _windows(track)
    for each in dict.fromkeys(shown(subject, subject.all_tracks)):
        for text in split_sentences(each.text, each.language):
            if _says_something(text):
                yield Unit(text, each.origin, text, each.track, each.language)


def _sentences(track: TrackSubject) -> Iterator[Unit]:
    for passage in track.passages:
        if _says_something(passage.text):
            yield _unit((passage,), track)


def _windows(track: TrackSubject) -> Iterator[Unit]:
    for start in range(len(track.passages) - _WINDOW + 1):
        window = track.passages[start : start + _WINDOW]
        words = sum(len(passage.text.split()) for passage in window)
        if words <= _LONGEST_WINDOW and len({passage.language for passage in window}) == 1:
            yield _unit(window, track)


def _unit(window: tuple[Passage, ...], track: TrackSubject) -> Unit:
    parts = [part for passage in window for part in passage.parts]
    return Unit(
        " ".join(passage.text for passage in window),
        parts[0].origin,
        parts[0].text,
        track.program.path,
        window[0].language,
        any(part.private for part in parts),
        tuple(passage.text for passage in window) if len(window) > 1 else (),
    )


def _says_something(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS
