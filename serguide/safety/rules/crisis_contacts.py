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
    "Contacts were checked in the last 180 days, and all that are listed are verified.",
    why="Numbers change, and nobody notices until someone calls. One that nobody verified is left "
    "out of the bundle: a person in distress is not told to doubt it.",
    better="Look each number up, or call it if it is a helpline; never call an emergency number to "
    "try it. Then bring `checked` and `published` in contacts.json up to date.",
)
def fresh_contacts(subject: Subject) -> Iterator[Finding]:
    """Look at the dates, and at what is left out."""
    context = subject.context
    ages = [(_age(contact.checked, context.today), contact) for contact in context.contacts]
    old = [(age, contact) for age, contact in ages if age is not None and age > _OLDEST]
    if old:
        age, contact = max(old, key=lambda pair: pair[0])
        yield Finding(
            f"the number {contact.number} ({contact.country}) was checked {age} days ago",
            subject.origin, "language",
        )  # fmt: skip
    if context.unverified:
        left_out = ", ".join(f"{each.number} ({each.country})" for each in context.unverified)
        yield Finding(
            f"left out of the bundle, because nobody has verified it: {left_out}",
            subject.origin, "language",
        )  # fmt: skip


def _age(checked: str, today: date) -> int | None:
    """Return days since an ISO date, or None when it is none."""
    try:
        return (today - date.fromisoformat(checked)).days
    except ValueError:
        return None
