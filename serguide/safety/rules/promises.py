"""Rules on promises, and on claims about health."""

from __future__ import annotations

from collections.abc import Iterator

from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject


@rule(
    "E108",
    "No outcome is promised: you will release, it is gone now.",
    why="Where nothing changes, a promise turns into a failure of the listener.",
    better="“You may feel lighter, or heavier, or the same. All of it is fine.”",
)
def promised_outcome(subject: Subject) -> Iterator[Finding]:
    """Look for promises."""
    return subject.wordings("E108", "{} promises an outcome")


@rule(
    "E109",
    "No medical claims: cure, heal a disease, treat, detox, immune.",
    why="They are untrue of a recording, keep people from a doctor, and are against the law in "
    "many places.",
    better="“Some people find this calming.” “Please ask your doctor about the pain.”",
    waivable=False,
)
def medical_claims(subject: Subject) -> Iterator[Finding]:
    """Look for claims in what is said, and in what is shown about it."""
    return subject.wordings("E109", "{} is a medical claim")
