"""Lay out the numbers to call by country, for transcript and page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from serguide.base.cldr import country_name
from serguide.bundle.words import InterfaceWords
from serguide.notices.contacts import GENERAL
from serguide.notices.model import Contact, Notices


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Hold one number as it is shown.

    number: as it is dialled; for_whom: the line's own name if it has one, a note, and whom it is
    for; terms: what a call costs, when, and in which languages, or empty; source: when it was
    checked.
    """

    number: str
    for_whom: str
    terms: str
    source: str


@dataclass(frozen=True, slots=True)
class CountryContacts:
    """Hold the lines of one country, its emergency number first."""

    code: str
    name: str
    lines: tuple[ContactLine, ...]


def countries_of(notices: Notices, words: InterfaceWords) -> tuple[CountryContacts, ...]:
    """Return the numbers to call, by country, in the words of the session's language."""
    return tuple(
        CountryContacts(
            code, country_called(code, words), tuple(_line(each, words) for each in contacts)
        )
        for code, contacts in groupby(notices.contacts, key=lambda contact: contact.country)
    )


def country_called(code: str, words: InterfaceWords) -> str:
    """Return what a country (ISO 3166) is called; of GENERAL, whom its number is for."""
    return (
        words.say(f"country {GENERAL}") if code == GENERAL else country_name(words.language, code)
    )


def first_number(notices: Notices) -> Contact | None:
    """Return the emergency number to show before all others, or None where there is none."""
    return next((each for each in notices.contacts if each.kind == "emergency"), None)


def is_one_country(notices: Notices) -> bool:
    """Tell whether all numbers are those of one country: the listener's own."""
    return len({contact.country for contact in notices.contacts}) <= 1


def _line(contact: Contact, words: InterfaceWords) -> ContactLine:
    # The note of the general number, what to do elsewhere, is told below all countries.
    note = contact.note if contact.country != GENERAL else ""
    parts = [contact.name, note, words.say(contact.kind)]
    return ContactLine(
        contact.number,
        ", ".join(part for part in parts if part),
        ", ".join(_terms(contact, words)),
        words.say("published", date=contact.checked),
    )


def _terms(contact: Contact, words: InterfaceWords) -> Iterator[str]:
    if contact.free is not None:
        yield words.say("call free" if contact.free else "call charged")
    if contact.hours:
        yield words.say("call always") if contact.hours == "24/7" else contact.hours
    if words.language not in contact.languages:
        yield from (words.say(f"call in {language}") for language in contact.languages)
