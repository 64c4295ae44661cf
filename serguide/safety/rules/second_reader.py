"""Warnings of the second reader: one rule a kind, found by meaning and not by words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from serguide.safety.lexicon import found
from serguide.safety.reader.excerpts import Unit, units
from serguide.safety.reader.kinds import KINDS, Kind
from serguide.safety.reader.verdicts import Reading
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject
from serguide.safety.waivers import waiver_of

_CERTAIN = ("E105", "E106", "E107", "E108", "E109", "E110", "E114")
"""Rules that, where they have spoken of a sentence, leave nothing to add."""

_OF_WHAT_IS_SPOKEN = ("E114",)
"""Those of them that do not look at titles, chapters and `about`."""

_HOW = " A second pair of eyes, which may err."


@lru_cache(maxsize=1)
def _readings(subject: Subject) -> tuple[tuple[Unit, Reading], ...]:
    """Return what is warned of in a session, each sentence by itself before windows of them."""
    reader = subject.context.reader
    if reader is None:
        return ()
    read = tuple(units(subject))
    answers = reader.read(
        [unit.text for unit in read if len(unit.inside) < 2],
        [unit.text for unit in read if len(unit.inside) > 1],
        {unit.text for unit in read if unit.private},
    )
    listed = {unit: _listed(unit) for unit in read if not unit.inside}
    told = {unit.text for unit in listed if unit.text in answers or listed[unit]}
    found_here: list[tuple[Unit, Reading]] = []
    for unit in read:
        reading = answers.get(unit.text)
        if reading is None:
            continue
        if unit.inside:
            spared = bool(told & set(unit.inside))
        else:
            spared = _settled(listed[unit], unit, reading, subject)
        if not spared:
            # The next window, one sentence on, would say the same again.
            told |= set(unit.inside)
            found_here.append((unit, reading))
    return tuple(found_here)


def _listed(unit: Unit) -> tuple[str, ...]:
    """Return the rules that speak of a text by their word lists already."""
    return tuple(
        code
        for code in _CERTAIN
        if (unit.spoken or code not in _OF_WHAT_IS_SPOKEN) and found(code, unit.language, unit.text)
    )


def _settled(listed: tuple[str, ...], unit: Unit, reading: Reading, subject: Subject) -> bool:
    """Tell whether a sentence has to be changed anyway, or was waived for this very kind."""
    return any(
        code in reading.kind.rules
        or waiver_of(code, unit.origin, unit.track, subject.program) is None
        for code in listed
    )


def _of(kind: Kind) -> Callable[[Subject], Iterator[Finding]]:
    def check(subject: Subject) -> Iterator[Finding]:
        for unit, reading in _readings(subject):
            if reading.kind is kind:
                yield Finding(_message(unit, reading), unit.origin, unit.phrase, unit.track)

    return check


def _message(unit: Unit, reading: Reading) -> str:
    together = ", taken together," if len(unit.inside) > 1 else ""
    if len(unit.inside) == 1:
        together = ", as it is pronounced,"
    return (
        f"“{unit.text}”{together} reads like {reading.kind.short} ({reading.sure:.0%} sure): "
        f"like “{reading.like.text}”, less like “{reading.unlike.text}”"
    )


for _kind in KINDS:
    rule(_kind.code, _kind.title, why=_kind.why + _HOW, better=_kind.better)(_of(_kind))
