"""Rules on words that press a listener, or that tell them what they feel."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject
from serguide.script.program import Spoken

_SHARE = 0.3
_FEWEST = 6
"""Sentences below which a share says nothing."""


@rule(
    "W104",
    "At most three sentences in ten are bare imperatives.",
    why="Orders, one after another, take away the choice that makes this safe.",
    better="“You might notice the chair.” “Perhaps the shoulders drop.” “If you like, …”",
)
def imperatives(subject: Subject) -> Iterator[Finding]:
    """Count the sentences that begin with an order and leave no choice."""
    for track in subject.all_tracks:
        bare = [sentence for sentence in track.sentences if is_bare_imperative(sentence)]
        total = len(track.sentences)
        if total >= _FEWEST and len(bare) > _SHARE * total:
            yield Finding(
                f"{len(bare)} of {total} sentences are bare imperatives, such as “{bare[0].text}”",
                bare[0].origin,
                bare[0].text,
                track.program.path,
            )


def is_bare_imperative(sentence: Spoken) -> bool:
    """Tell whether a sentence is an order with no choice in it."""
    lexicon = lexicon_of(sentence.language)
    return (
        lexicon is not None
        and lexicon.says("words", "imperative", sentence.text)
        and not lexicon.says("words", "softener", sentence.text)
    )


@rule(
    "E105",
    "Nothing is ordered or forced: must, don't move, surrender, give in.",
    why="Being made to hold still or to give in is what many people carry from what hurt them.",
    better="“You can stay still, or move about.” “There is nothing that you have to do.”",
)
def forcing(subject: Subject) -> Iterator[Finding]:
    """Look for words that force."""
    return subject.wordings("E105", "{} leaves no choice")


@rule(
    "E106",
    "Nobody is sent back to an event: go back to, relive, remember when.",
    why="Memories that are called up alone can flood a person, with nobody there to help.",
    better="Stay with now: “You could notice the chair under you.” What comes up by itself may "
    "pass, and can be told to the therapist.",
    waivable=False,
)
def forced_recall(subject: Subject) -> Iterator[Finding]:
    """Look for words that send a listener into a memory."""
    return subject.wordings("E106", "{} sends the listener back to an event")


@rule(
    "E107",
    "Nothing is interpreted: this means, your body remembers, who caused.",
    why="A recording cannot know what a feeling means, and a wrong meaning stays.",
    better="“You may notice something, or nothing.” “There is no need to find out why.”",
)
def interpretation(subject: Subject) -> Iterator[Finding]:
    """Look for words that explain what a listener feels."""
    return subject.wordings("E107", "{} explains what the listener feels")


@rule(
    "E110",
    "Without a therapist, no cyst or blockage is searched for or expelled, nobody is led back in "
    "age or into the position of an injury, and no part is questioned.",
    why="These belong to a session with a therapist who can see and answer.",
    better="“A stone in a stream; the water goes round it, and the stone may stay.” Or set "
    "`supervision: therapist`.",
    waivable=False,
)
def therapist_only(subject: Subject) -> Iterator[Finding]:
    """Look for therapists' work in what is heard alone, or with somebody who is none."""
    tracks = tuple(t for t in subject.all_tracks if t.program.supervision != "therapist")
    if tracks:
        yield from subject.wordings(
            "E110", "{} is work for a therapist who is there", tracks=tracks
        )
