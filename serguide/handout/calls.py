"""List whom to call as a sheet does: the emergency number above all, then a row for each line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args, get_type_hints

from serguide.bundle.contact_list import countries_of, first_number
from serguide.bundle.manifest_reading import ContactEntry
from serguide.bundle.words import InterfaceWords
from serguide.notices.contacts import GENERAL
from serguide.notices.model import Contact, Notices

_KINDS = frozenset(get_args(get_type_hints(Contact)["kind"]))


@dataclass(frozen=True, slots=True)
class CallRow:
    """Hold one number to call.

    country: its name, with the first row of each where there are several; text: whose number it
    is, whom it is for, what it costs, and when.
    """

    country: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Calls:
    """Hold whom to call.

    danger: the emergency number, or empty; several: the rows are of more than one country;
    checked: since when the oldest of the numbers is known, in words, or empty.
    """

    danger: str
    rows: tuple[CallRow, ...]
    several: bool
    checked: str


def calls_of(notices: Notices, words: InterfaceWords) -> Calls:
    """Return the numbers of a sheet; what stands above all others is not said again."""
    first = first_number(notices)
    danger = first.number if first else ""
    countries = countries_of(notices, words)
    several = len(countries) > 1
    rows = []
    for country in countries:
        if several and country.code == GENERAL:
            continue
        lines = country.lines
        if not several and lines[0].number == danger:
            lines = lines[1:]
        for place, line in enumerate(lines):
            text = f"{line.for_whom}; {line.terms}" if line.terms else line.for_whom
            rows.append(CallRow(country.name if several and not place else "", line.number, text))
    oldest = min((each.checked for each in notices.contacts), default="")
    checked = words.say("general", date=oldest) if oldest else ""
    return Calls(danger, tuple(rows), several, checked)


def contacts_in(entries: tuple[ContactEntry, ...], words: InterfaceWords) -> Iterator[Contact]:
    """Yield the verified contacts of a manifest that there are words for."""
    for entry in entries:
        if entry.published and entry.kind in _KINDS:
            spoken = tuple(each for each in entry.languages if f"call in {each}" in words.table)
            fields = {**entry.model_dump(), "languages": spoken}
            yield Contact(**fields)
