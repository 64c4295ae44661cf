"""Rules on paced breathing: holds, rate, proportions, the way out."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.base.units import format_time
from serguide.safety.lexicon import lexicon_of
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import PacedBreathing, Subject, TrackSubject

_LONGEST_HOLD = 4
"""Seconds that a hold may last when it was opted into."""

_LONG_HOLD = 7
"""Seconds from which a hold is that of 4-7-8 breathing."""

_FEW = 4
"""Cycles of 4-7-8 breathing in the first month."""

_RATES = {"adult": (4.5, 10.0), "child": (6.5, 10.0)}
"""Breaths a minute, slowest and fastest."""

_BRIEF = 60.0
"""Seconds of fast breathing that are a few quick breaths, not a practice."""

_LONGEST_BLOCK = 600.0

_NO_HOLD = "Leave out `hold:` and the empty `rest:`."
_SHORTER_HOLD = (
    f"{_NO_HOLD} Or, where a therapist answers for it, set `supervision: therapist`; `allow` opts "
    f"into {_LONGEST_HOLD} s at most."
)
_FEWER = f"`cycles: {_FEW}`, or fewer."
_IN_AND_OUT = "`in: 4s, out: 6s` for an adult, `in: 3s, out: 4s` for a child."
_NO_HURRY = "“The breath can go as it likes.”"


def _breathings(subject: Subject) -> Iterator[tuple[TrackSubject, PacedBreathing]]:
    for track in subject.all_tracks:
        for block in track.breathings:
            yield track, block


@rule(
    "E113",
    "No holds by default; up to 4 s when opted in; longer only with a therapist; none for a "
    "child; 4-7-8 at most four cycles.",
    why="Holding the breath can bring on panic, and is not for everyone: pregnancy, heart, "
    "lungs, epilepsy, glaucoma.",
    better=f"{_NO_HOLD} To opt in, set `supervision: therapist`, or "
    'write `allow: {E113: "why"}` and offer a round without holds.',
)
def holds(subject: Subject) -> Iterator[Finding]:
    """Look at every hold, after in and after out."""
    for track, block in _breathings(subject):
        lengths = [length for phase, length in block.breathing.phases if phase in ("hold", "rest")]
        longest = max(lengths, default=0)
        if not longest:
            continue
        told = f"the breath is held for {format_time(longest)}"
        origin, path = block.breathing.origin, track.program.path
        supervised = track.program.supervision == "therapist"
        if track.program.audience == "child":
            yield Finding(f"{told}, by a child", origin, "hold", path, final=True, better=_NO_HOLD)
        elif longest > _LONGEST_HOLD and not supervised:
            yield Finding(
                f"{told}; over {_LONGEST_HOLD} s only with a therapist",
                origin, "hold", path, owed=True, final=True, better=_SHORTER_HOLD,
            )  # fmt: skip
        elif not supervised:
            yield Finding(f"{told}; nobody has opted into it", origin, "hold", path, owed=True)
        if longest >= _LONG_HOLD and block.breathing.most > _FEW:
            yield Finding(
                f"{told} in up to {block.breathing.most} cycles; at most {_FEW}",
                origin, "cycles", path, owed=True, better=_FEWER,
            )  # fmt: skip


@rule(
    "E114",
    "Adults breathe 4.5 to 10 times a minute, children 6.5 to 10; slower only when opted in, "
    "faster never.",
    why="Breathing fast makes people dizzy and afraid; breathing too slowly makes them gasp.",
    better=f"{_IN_AND_OUT} To opt into slower, set "
    '`supervision: therapist` or write `allow: {E114: "why"}`.',
)
def rate(subject: Subject) -> Iterator[Finding]:
    """Look at each block's rate, and for words that speed the breath."""
    for track, block in _breathings(subject):
        slowest, fastest = _RATES[track.program.audience]
        origin, path = block.breathing.origin, track.program.path
        told = f"{block.rate:.1f} breaths a minute"
        if block.rate > fastest:
            brief = block.end - block.start < _BRIEF
            yield Finding(
                f"{told}; at most {fastest:g}",
                origin, "breathe", path, owed=brief, final=True, better=_IN_AND_OUT,
            )  # fmt: skip
        elif block.rate < slowest and track.program.supervision != "therapist":
            yield Finding(f"{told}; at least {slowest:g}", origin, "breathe", path, owed=True)
    for track in subject.all_tracks:
        for word in track.wordings("E114"):
            yield Finding(
                f"“{word.text}” speeds or swells the breath",
                word.part.origin, word.text, track.program.path, final=True, better=_NO_HURRY,
            )  # fmt: skip


@rule(
    "W115",
    "Out is no shorter than in; a block of breathing lasts at most ten minutes; there is a way "
    "out to the natural breath.",
    why="A longer breath out calms; a count that does not end, or that one may not leave, presses.",
    better="“At any breath you can leave the count, and breathe as you please.” with "
    "`beats: [breath, permission]`.",
)
def proportions(subject: Subject) -> Iterator[Finding]:
    """Look at each block's proportions and length, and at the words around it."""
    for track, block in _breathings(subject):
        lengths = dict(block.breathing.phases)
        origin, path = block.breathing.origin, track.program.path
        if lengths["out"] < lengths["in"]:
            told = "the breath out is shorter than the breath in"
            yield Finding(told, origin, "out", path, better=_IN_AND_OUT)
        if block.end - block.start > _LONGEST_BLOCK:
            cycles = int(_LONGEST_BLOCK / block.breathing.cycle_length)
            told = "the block lasts over ten minutes"
            yield Finding(told, origin, "cycles", path, better=f"`cycles: {cycles}`, or fewer.")
    for track in subject.all_tracks:
        if track.breathings and not _has_way_out(track):
            origin = track.breathings[0].breathing.origin
            yield Finding(
                "nothing says that one may go back to the natural breath",
                origin, "breathe", track.program.path,
            )  # fmt: skip


def _has_way_out(track: TrackSubject) -> bool:
    for saying in track.sayings:
        lexicon = lexicon_of(saying.sentences[0].language)
        after = saying.start > track.breathings[0].start
        if lexicon is None or lexicon.says("words", "natural_breath", saying.text):
            return True
        if "breath" in saying.offers and (after or "permission" in saying.offers):
            return True
    return False
