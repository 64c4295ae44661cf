"""Rules on the contacts that a listener can call."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from serguide.base.hints import Hint, Remedy
from serguide.safety.rule import Finding, rule
from serguide.safety.subject import Subject

_OLDEST = 180
"""Days after which a number has to be checked again."""


@rule(
    "E123",
    "There is a dated crisis contact for the listener's locale.",
    why="A person in distress should not have to search for a number.",
    better=Hint("Render for the locale of a country that is listed.", Remedy("locale", "de-AT")),
)
def crisis_contacts(subject: Subject) -> Iterator[Finding]:
    """Look for a crisis contact with a date."""
    context = subject.context
    if not any(contact.kind == "crisis" and _age(contact.checked, context.today) is not None
               for contact in context.contacts):  # fmt: skip
        yield Finding(
            f"there is no crisis contact with a date for the locale {context.locale}",
            subject.origin, "language", owed=True,
        )  # fmt: skip


@rule(
    "W124",
    "Crisis contacts were checked in the last 180 days.",
    why="Numbers change, and nobody notices until someone calls.",
    better="Call or look up each number, and bring `checked` in contacts.json up to date.",
)
def fresh_contacts(subject: Subject) -> Iterator[Finding]:
    """Look at the dates."""
    context = subject.context
    ages = [(_age(contact.checked, context.today), contact) for contact in context.contacts]
    old = [(age, contact) for age, contact in ages if age is not None and age > _OLDEST]
    if old:
        age, contact = max(old, key=lambda pair: pair[0])
        yield Finding(
            f"the number {contact.number} ({contact.country}) was checked {age} days ago",
            subject.origin, "language",
        )  # fmt: skip


def _age(checked: str, today: date) -> int | None:
    """Return days since an ISO date, or None when it is none."""
    try:
        return (today - date.fromisoformat(checked)).days
    except ValueError:
        return None
