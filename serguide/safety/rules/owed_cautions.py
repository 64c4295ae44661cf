"""Rules on cautions that are owed, and on parts of the body that may be skipped."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.safety.beats import WAYS_OUT
from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject, Technique, TrackSubject

_OWED = {
    "holds": "holds: pregnancy, heart, lungs, epilepsy, glaucoma, panic, psychosis, surgery",
    "imagery": "imagery: for whom pictures and real things run together",
    "tension": "tensing: injuries, operations, blood pressure",
}


@rule(
    "E116",
    "The cautions owed by holds, imagery and progressive relaxation come before them.",
    why="For some people these do harm, and only a word beforehand lets them leave it out.",
    better="A cue with `beats: [caution]` that names for whom it is not, and whom to ask; for "
    "imagery, `include: before-the-pictures`.",
)
def owed_cautions(subject: Subject) -> Iterator[Finding]:
    """Look for a cue with a caution before each kind of technique that owes one."""
    warned = False
    reported: set[str] = set()
    for track in subject.tracks:
        for kind, technique in _owing(track):
            warned_here = warned or any(
                "caution" in saying.offers and saying.start <= technique.start
                for saying in track.sayings
            )
            if not warned_here and kind not in reported:
                reported.add(kind)
                yield Finding(
                    f"no caution comes before {_OWED[kind]}",
                    technique.origin, track=track.program.path, owed=True,
                )  # fmt: skip
        warned = warned or any("caution" in saying.offers for saying in track.sayings)


def _owing(track: TrackSubject) -> Iterator[tuple[str, Technique]]:
    """Yield the first of each kind of technique that owes a spoken caution.

    A few pictures in another kind of script, and a child's picture book with an adult beside, have
    theirs on the page, where every bundle shows it.
    """
    for block in track.breathings:
        if any(phase in ("hold", "rest") for phase, _ in block.breathing.phases):
            yield "holds", Technique("breathing", block.start, block.breathing.origin)
            break
    pictures = [each for each in track.techniques if each.kind == "imagery"]
    if pictures and track.program.kind == "imagery" and track.program.audience != "child":
        yield "imagery", pictures[0]
    tensed = [each for each in track.techniques if each.kind == "tension"]
    if len(tensed) > 1:
        yield "tension", tensed[0]


@rule(
    "W126",
    "Pelvis, throat and chest come with a way to skip them.",
    why="These are places where many people have been hurt; nobody should have to go there.",
    better="“Then the chest, or, if you would rather, the hands once more.” with `beats: [skip]`.",
)
def places_to_skip(subject: Subject) -> Iterator[Finding]:
    """Look for a way out in the cue itself, its neighbours, or announced before."""
    for track in subject.all_tracks:
        skippable = False
        bound: set[int] = set()
        for index, saying in enumerate(track.sayings):
            skippable = skippable or "skip" in saying.offers
            near = track.sayings[max(0, index - 1) : index + 2]
            free = skippable or bool(saying.offers & WAYS_OUT)
            if free or any("skip" in each.offers for each in near):
                continue
            bound |= {id(sentence) for sentence in saying.sentences}
        for word in track.wordings("W126"):
            lexicon = lexicon_of(word.part.language)
            soft = lexicon is None or lexicon.says("words", "softener", word.sentence)
            if id(word.part) in bound and not soft:
                yield Finding(
                    f"“{word.text}” without a way to skip it",
                    word.part.origin, word.text, track.program.path,
                )  # fmt: skip
