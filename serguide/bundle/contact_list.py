"""Lay out the numbers to call by country, for transcript and page alike."""

from __future__ import annotations

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
    for; source: when it was checked, and on what grounds.
    """

    number: str
    for_whom: str
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


def _line(contact: Contact, words: InterfaceWords) -> ContactLine:
    kind = words.say(contact.kind)
    # The note of the general number, what to do elsewhere, is told below all countries.
    parts = [contact.name, contact.note if contact.country != GENERAL else "", kind]
    source = words.say("published" if contact.published else "general", date=contact.checked)
    return ContactLine(contact.number, ", ".join(part for part in parts if part), source)
