"""Notices as data: cautions, contacts, and the therapist in whose care a session is heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Contact:
    """Name one number to call.

    kind: whom it is for; country: ISO 3166-1 alpha-2, or `EU`; number: as it is dialled; name:
    in the language of the country; checked: ISO date; published: found in a published source,
    False for general knowledge.
    """

    kind: Literal["emergency", "crisis", "youth", "veterans"]
    country: str
    number: str
    name: str
    note: str
    checked: str
    published: bool


@dataclass(frozen=True, slots=True)
class Notices:
    """Hold what a bundle says beside its words.

    locale: such as `de-AT`, which the contacts are for; contacts: the emergency number first;
    cautions: sentences owed by what the session contains, in its language; supervised_by: the
    therapist in whose care it is heard, or empty.
    """

    locale: str = ""
    contacts: tuple[Contact, ...] = ()
    cautions: tuple[str, ...] = ()
    supervised_by: str = ""
