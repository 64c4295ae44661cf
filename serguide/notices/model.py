"""Notices as data: cautions, contacts, and the therapist in whose care a session is heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Contact:
    """Name one number to call.

    kind: whom it is for; country: ISO 3166-1 alpha-2, or `EU`; number: as it is dialled; name:
    in the language of the country; checked: ISO date; published: found in a published source,
    what is not stands in no bundle; hours: `24/7`, times such as `08:00-22:00`, or empty where
    they are not known; free: whether a call costs nothing, None where that is not known;
    languages: BCP 47, what is spoken there.
    """

    kind: Literal["emergency", "crisis", "youth", "veterans"]
    country: str
    number: str
    name: str
    note: str
    checked: str
    published: bool
    hours: str = ""
    free: bool | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """Hold the practice that hands a bundle over; line: below its name; logo: a data URI."""

    name: str = ""
    line: str = ""
    logo: str = ""


NO_PRACTICE = Practice()


@dataclass(frozen=True, slots=True)
class Notices:
    """Hold what a bundle says beside its words.

    locale: such as `de-AT`, which the contacts are for; contacts: the emergency number first;
    cautions: sentences owed by what the session contains, in its language; supervised_by: the
    therapist in whose care it is heard, or empty; made_for: the value `name`, or empty;
    grounding_only: the session does nothing but bring a listener back, and nothing stands
    before it.
    """

    locale: str = ""
    contacts: tuple[Contact, ...] = ()
    cautions: tuple[str, ...] = ()
    supervised_by: str = ""
    made_for: str = ""
    grounding_only: bool = False
    practice: Practice = NO_PRACTICE
