"""Passages that the second reader reads: sentences, windows of three, and what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from serguide.safety.passages import Passage
from serguide.safety.reader.heard import words_in
from serguide.safety.shown import shown
from serguide.safety.subject import Subject, TrackSubject
from serguide.script.program import Origin
from serguide.script.sentence_split import split_sentences

_WINDOW = 3
_LONGEST_WINDOW = 30
"""Words of a window at most; longer sentences stand by themselves, and take long to read."""

_FEWEST_WORDS, _FEWEST_SHOWN = 2, 3
"""Words of a sentence, and of a title, below which there is nothing to judge: “Rest.”"""


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold a text to be read, and where it stands.

    phrase: words of the file by which it is found; track: the file of the step; private: holds a
    client's words; inside: the texts of its sentences, when it is a window, or the
    written one, when it is a sentence as it is pronounced;
    spoken: or shown, as a title is.
    """

    text: str
    origin: Origin
    phrase: str
    track: str
    language: str
    private: bool = False
    inside: tuple[str, ...] = ()
    spoken: bool = True


def units(subject: Subject) -> Iterator[Unit]:
    """Yield everything that is read of a session, in order."""
    for track in subject.all_tracks:
        yield from _sentences(track)
        yield from _windows(track)
    for each in dict.fromkeys(shown(subject, subject.all_tracks)):
        for text in split_sentences(each.text, each.language):
            if words_in(text) >= _FEWEST_SHOWN:
                yield Unit(text, each.origin, text, each.track, each.language, spoken=False)


def _sentences(track: TrackSubject) -> Iterator[Unit]:
    for passage in track.passages:
        if words_in(passage.text) >= _FEWEST_WORDS:
            yield _unit((passage,), track)
        if any(part.spoken != part.text for part in passage.parts):
            respelled = " ".join(part.spoken for part in passage.parts)
            yield replace(_unit((passage,), track), text=respelled, inside=(passage.text,))


def _windows(track: TrackSubject) -> Iterator[Unit]:
    for start in range(len(track.passages) - _WINDOW + 1):
        window = track.passages[start : start + _WINDOW]
        words = sum(words_in(passage.text) for passage in window)
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
