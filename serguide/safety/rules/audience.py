"""Rules on children, and on scripts that are not used as they declare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject, TrackSubject

_LONGEST_SENTENCE = 20
"""Words that a child follows in one sentence."""

_POSTURES = ("seated", "lying", "standing")


@rule(
    "E125",
    "With a child an adult is present, and said so; plain words; no trauma, organs, secrets.",
    why="A child should be alone neither with a recording nor with what it stirs.",
    better="`supervision: co-listen`, and “Is your grown-up there?” with `beats: [adult]`.",
)
def child_with_adult(subject: Subject) -> Iterator[Finding]:
    """Look at each child's script: who is there, and which words are used."""
    children = tuple(t for t in subject.all_tracks if t.program.audience == "child")
    for track in children:
        path = track.program.path
        if track.program.supervision == "solo":
            yield Finding("a child would listen alone", track.origin, "supervision", path)
        if not any("adult" in saying.offers for saying in track.sayings):
            yield Finding("nothing says that an adult is there", track.origin, "cues", path)
        for sentence in track.sentences:
            if len(sentence.text.split()) > _LONGEST_SENTENCE:
                yield Finding(
                    f"“{sentence.text}” is too long a sentence for a child",
                    sentence.origin, sentence.text, path,
                )  # fmt: skip
    if children:
        yield from subject.wordings("E125", "{} is not for a child", tracks=children)


@rule(
    "W129",
    "Scripts are used by their declared posture and audience.",
    why="Someone who lies down for one step should not have to get up for the next.",
    better="Take another script, or declare the posture or audience that it is really for.",
)
def as_declared(subject: Subject) -> Iterator[Finding]:
    """Compare a session's steps with one another, and posture words with what is declared."""
    if not subject.alone:
        yield from _mixed(subject)
    for track in subject.all_tracks:
        yield from _undeclared(track)


def _mixed(subject: Subject) -> Iterator[Finding]:
    audiences = [audience for audience, _ in groupby(subject.all_tracks, _audience)]
    if len(set(audiences)) > 1:
        odd = next(t for t in subject.all_tracks if _audience(t) != audiences[0])
        yield Finding(
            f"“{odd.program.step}” is for {_article(_audience(odd))}, other steps are not",
            subject.origin, odd.program.step,
        )  # fmt: skip
    shared = set(_POSTURES)
    for track in subject.tracks:
        shared &= set(track.program.postures)
        if not shared:
            yield Finding(
                f"“{track.program.step}” has no posture in common with the steps before it",
                subject.origin, track.program.step,
            )  # fmt: skip
            return


def _audience(track: TrackSubject) -> str:
    return track.program.audience


def _article(audience: str) -> str:
    return "an adult" if audience == "adult" else "a child"


def _undeclared(track: TrackSubject) -> Iterator[Finding]:
    """Yield cues about posture that name only postures that are not declared."""
    for saying in track.sayings:
        lexicon = lexicon_of(saying.sentences[0].language)
        if "posture" not in saying.means or lexicon is None:
            continue
        named = {p for p in _POSTURES if lexicon.says("words", p, saying.text)}
        if named and not named & set(track.program.postures):
            declared = " or ".join(track.program.postures)
            yield Finding(
                f"asks for {' or '.join(sorted(named))}; declared is {declared}",
                saying.origin, "say", track.program.path,
            )  # fmt: skip
