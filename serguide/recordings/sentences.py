"""List the sentences of a script or session that a person can read, numbered, once each.

What holds a client's value, one of a session's or of a step's, is named apart: it is another
sentence for every client, and is spoken by the voice that stands in. What a script says by the
defaults of its own is read like anything else, unless it is the name of somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from serguide.audio.oneshots import frames_of
from serguide.base.units import SAMPLERATE, Samples
from serguide.recordings.recording import SentenceKey, sentence_key
from serguide.script.expansions import ExpansionCache
from serguide.script.library import Libraries
from serguide.script.program import Pause, Rest, SessionProgram, Spoken
from serguide.script.resolve import Overrides, resolve
from serguide.timeline.layout import CUE_GAP, SENTENCE_GAP, lay_out
from serguide.timeline.model import SessionTimeline, TrackTimeline

_CHARACTER: Final = 0.07  # seconds; some 140 words a minute


@dataclass(frozen=True, slots=True)
class Sentence:
    """Stand for one sentence to be read.

    number: from 1, 0 for one that is left out; script: the name of the script that it stands in,
    line: there; text: as written; spoken: as a voice would get it, by which it is found;
    language: BCP 47; pause: seconds of silence after it; guide: it is a word that leads a breath.
    """

    number: int
    script: str
    line: int
    text: str
    spoken: str
    language: str
    pause: float
    guide: bool = False

    @property
    def key(self) -> SentenceKey:
        """Return the key by which a recording of it is found."""
        return sentence_key(self.spoken, self.language)


@dataclass(frozen=True, slots=True)
class ReadingList:
    """Hold what a person reads of a session: sentences, and those that hold a client's value."""

    title: str
    language: str
    sentences: tuple[Sentence, ...]
    with_values: tuple[Sentence, ...]


class _AnyName:
    """Take every name of a voice or sound: what is read aloud does not depend on them."""

    def voice_problem(self, name: str, language: str, libraries: tuple[Path, ...]) -> None:
        """Find nothing wrong."""

    def chosen_voice(self, name: str | None, language: str) -> str | None:
        """Choose nothing."""
        return None

    def sound_problem(self, name: str) -> None:
        """Find nothing wrong."""


def reading_list(what: str | Path, libraries: Libraries) -> ReadingList:
    """Return the sentences of a script or session by name or path; its ground track's last.

    Raises UsageError for an unknown name, ScriptError with every problem of the files.
    """
    path, expansions = libraries.locate(str(what)), ExpansionCache()

    def resolved(path: Path) -> SessionProgram:
        return resolve(path, libraries, _AnyName(), Overrides(), expansions=expansions)

    program = resolved(path)
    own: set[SentenceKey] = set()
    for script in dict.fromkeys(track.path for track in (*program.tracks, program.ground)):
        own |= _by_defaults(program if script == program.path else resolved(Path(script)))
    return reading_list_of(program, own)


def sentences_of(what: str | Path, libraries: Libraries) -> tuple[Sentence, ...]:
    """Return the numbered sentences of a script or session; see `reading_list`."""
    return reading_list(what, libraries).sentences


def reading_list_of(
    program: SessionProgram, own: Collection[SentenceKey] = frozenset()
) -> ReadingList:
    """Return the sentences of a resolved script or session. Raises ScriptError.

    own: sentences that hold a value and are read all the same.
    """
    timeline = lay_out(program, _about, frames_of)
    sentences: dict[SentenceKey, Sentence] = {}
    with_values: dict[SentenceKey, Sentence] = {}
    for spoken, pause, guide in _all(timeline):
        each = Sentence(
            0, Path(spoken.origin.path).stem, spoken.origin.line,
            spoken.text, spoken.spoken, spoken.language, pause, guide,
        )  # fmt: skip
        apart = spoken.private and each.key not in own
        (with_values if apart else sentences).setdefault(each.key, each)
    numbered = tuple(replace(s, number=n) for n, s in enumerate(sentences.values(), 1))
    return ReadingList(program.title, program.language, numbered, tuple(with_values.values()))


def _by_defaults(program: SessionProgram) -> set[SentenceKey]:
    """Return what a script alone says with its own values in it; not what holds a name."""
    return {
        sentence_key(spoken.spoken, spoken.language)
        for spoken, _, _ in _all(lay_out(program, _about, frames_of))
        if spoken.private and not (program.made_for and program.made_for in spoken.text)
    }


def _all(timeline: SessionTimeline) -> Iterator[tuple[Spoken, float, bool]]:
    for track in (*timeline.tracks, timeline.ground):
        yield from _of_track(track)


def _of_track(track: TrackTimeline) -> Iterator[tuple[Spoken, float, bool]]:
    """Yield each sentence, the silence after it in seconds, and whether it leads a breath."""
    for index, placed in enumerate(track.placed):
        for event in placed.events:
            if event.spoken is not None:
                guide = not isinstance(placed.item, Spoken)
                yield event.spoken, 0.0 if guide else _silence(track, index), guide


def _silence(track: TrackTimeline, index: int) -> float:
    """Return the pause or rest that follows an item, else the gap that is put in, in seconds."""
    here, later = track.placed[index].item, track.placed[index + 1 :]
    total = 0
    for placed in later:
        if not isinstance(placed.item, Pause | Rest):
            if not total and isinstance(here, Spoken) and isinstance(placed.item, Spoken):
                total = SENTENCE_GAP if placed.item.cue == here.cue else CUE_GAP
            break
        total += placed.end - placed.start
    return total / SAMPLERATE


def _about(spoken: Spoken) -> Samples:
    return Samples(round(_CHARACTER * len(spoken.spoken) * SAMPLERATE))
