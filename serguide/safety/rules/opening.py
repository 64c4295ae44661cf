"""Rules on the beginning of a session: posture, permission to stop, not while driving."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.safety.beats import WAYS_OUT
from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Saying, Subject

_OPENING = {
    "orient": "says what this is and where the listener is",
    "posture": "says how to sit or lie",
    "permission": "says that one may stop",
}


def _owes(subject: Subject) -> bool:
    """A session always owes an opening; a script alone only when it does something to a listener.

    A step without a technique is made to stand in the middle of a session.
    """
    return not subject.alone or subject.first_technique is not None


@rule(
    "E101",
    "The opening orients, says how to sit, and says that one may stop, before any technique.",
    why="A person who does not know where this leads, or that they may stop, cannot agree to it.",
    better="“This is a slow breath, for five minutes. You can sit or lie, and stop at any time.” "
    "with `beats: [orient, posture, permission]`; or begin with `include: arriving-here`.",
    waivable=False,
)
def opening(subject: Subject) -> Iterator[Finding]:
    """Look for the three beats before the first technique."""
    if not _owes(subject):
        return
    heard = {beat for saying in subject.before_technique() for beat in saying.offers}
    missing = [f"nothing {told} ({beat})" for beat, told in _OPENING.items() if beat not in heard]
    if missing:
        first = subject.first_technique
        where = "before the first technique" if first else "in the first step"
        origin = first[1].origin if first and subject.alone else subject.origin
        yield Finding(f"{where}, {', and '.join(missing)}", origin, owed=True)


@rule(
    "E102",
    "“Not while driving or using machines” comes before the first technique.",
    why="Slow breathing and pictures make people drowsy, and tracks are played in cars.",
    better="“Please, not while driving or using machines.” with `beats: [safety]`; or "
    "`include: before-we-begin`.",
    waivable=False,
)
def not_while_driving(subject: Subject) -> Iterator[Finding]:
    """Look for the notice before the first technique."""
    if subject.first_technique is None:
        return
    if not any(_warns(saying) for saying in subject.before_technique()):
        origin = subject.first_technique[1].origin if subject.alone else subject.origin
        yield Finding(
            "nothing says “not while driving or using machines” before the first technique",
            origin,
            owed=True,
        )


def _warns(saying: Saying) -> bool:
    """Tell whether a cue speaks of driving or machines, by a list where the language has one."""
    lexicon = lexicon_of(saying.sentences[0].language)
    if "safety" not in saying.offers or lexicon is None:
        return "safety" in saying.offers
    listed = lexicon.has("words", "driving")
    return not listed or lexicon.says("words", "driving", saying.text)


@rule(
    "E103",
    "“Close your eyes” comes with open eyes or a soft gaze, in the same or the next sentence.",
    why="Closed eyes can bring back what someone came to get away from; some never close them.",
    better="“If you like, close your eyes, or rest them on one spot.”",
)
def open_eyes(subject: Subject) -> Iterator[Finding]:
    """Look at each sentence that closes eyes, and at the one after it."""
    for track in subject.all_tracks:
        free = {
            id(sentence)
            for saying in track.sayings
            if "eyes" in saying.stated and saying.offers & WAYS_OUT
            for sentence in saying.sentences
        }
        for word in track.wordings("E103"):
            lexicon = lexicon_of(word.part.language)
            if id(word.part) in free or lexicon is None:
                continue
            if not lexicon.says("words", "open_eyes", word.near):
                yield Finding(
                    f"“{word.text}” without open eyes as a choice",
                    word.part.origin,
                    word.text,
                    track.program.path,
                )
