"""Contacts that a listener can call, by locale: data with a date and a source each.

Which countries a bundle is for never depends on the machine that renders it: the locale that was
asked for decides, else the session's language. `system_country` only serves to point out a
country that is missing.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from serguide.base.errors import UsageError
from serguide.base.hints import Hint, Remedy
from serguide.base.language import primary, region
from serguide.notices.model import Contact

GENERAL = "EU"
"""The entry whose emergency number stands in where a country is not known: 112."""

_ASKED = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?|(?P<country>[A-Z]{2})")
_ALIASES = {"UK": "GB", "EL": "GR"}


def locale_of(language: str, asked: str | None = None) -> str:
    """Return the locale that a bundle's contacts are for, such as `de-AT`, or `en`.

    language: the session's, BCP 47; asked: by the caller, a locale (`de-AT`, `de_AT.UTF-8`) or
    a country in capitals (`AT`), or None for the language itself. Raises UsageError for an
    `asked` that is neither.
    """
    if not asked:
        return language
    tag = asked.partition(".")[0].partition("@")[0].strip().replace("_", "-")
    found = _ASKED.fullmatch(tag)
    if found is None:
        raise UsageError(
            f"“{asked}” is no locale",
            Hint(
                "write a language and a country, or a country alone",
                Remedy("locale", "de-AT"),
                Remedy("locale", "AT"),
            ),
        )
    if country := found["country"]:
        return f"{primary(language)}-{_ALIASES.get(country, country)}"
    return tag


def contacts_for(locale: str) -> tuple[Contact, ...]:
    """Return whom to call in a locale (BCP 47), an emergency number first.

    A language without a country stands for every listed country where it is spoken, each
    beginning with its emergency number; before several goes 112, which most phones put through
    anywhere. Where nothing is listed, 112 is returned with a note to look up one's own numbers,
    in the locale's language or English. What is not verified is not returned.
    """
    countries = _countries(locale)
    listed = [contact for country in countries for contact in _published(country)]
    if len(countries) > 1:
        return (*_published(GENERAL), *listed)
    if listed:
        return tuple(listed)
    note = elsewhere(locale)
    return tuple(replace(each, note=note) for each in _published(GENERAL))


def unverified_for(locale: str | None = None) -> tuple[Contact, ...]:
    """Return what is listed for a locale and shown to nobody, as nobody has verified it.

    locale: BCP 47; None for all that is listed. A language without a country names none: whose
    numbers they are is not known.
    """
    if locale is None:
        countries: tuple[str, ...] = tuple(_data()["countries"])
    else:
        region = _country(locale)
        countries = (region,) if region else ()
    # Shared numbers are those of another entry, and looked at there.
    return tuple(
        contact for country in countries for contact in _own(country) if not contact.published
    )


def all_published() -> tuple[Contact, ...]:
    """Return every number that a bundle may show, each once."""
    return tuple(
        contact
        for country in _data()["countries"]
        for contact in _own(country)
        if contact.published
    )


def is_guessed(language: str, asked: str | None = None) -> bool:
    """Tell whether whose numbers are shown is only guessed from a language (BCP 47)."""
    return _country(locale_of(language, asked)) is None


def elsewhere(language: str) -> str:
    """Return the sentence for who is in none of the countries shown; English by default."""
    table: Mapping[str, str] = _data()["elsewhere"]
    return table.get(primary(language), table["en"])


def system_country(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the country that this machine's variables are set to (POSIX locale), or None."""
    name = next(
        (environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), ""
    )
    found = re.match(r"[a-z]{2,3}_([A-Z]{2})\b", name)
    return found[1] if found else None


def _countries(locale: str) -> tuple[str, ...]:
    country = _country(locale)
    return (country,) if country else tuple(_data()["languages"].get(primary(locale), ()))


def _country(locale: str) -> str | None:
    country = region(locale)
    return _ALIASES.get(country, country) if country else None


def _published(country: str) -> Iterator[Contact]:
    """Yield a country's verified contacts, those that it shares with others first."""
    entry = _data()["countries"].get(country)
    if entry is None:
        return
    if shared := entry.get("emergency"):
        yield from (replace(each, country=country) for each in _published(shared))
    yield from (contact for contact in _own(country) if contact.published)


def _own(country: str) -> Iterator[Contact]:
    """Yield what a country's entry lists itself, verified or not."""
    for each in _data()["countries"].get(country, {"contacts": ()})["contacts"]:
        fields = {key: value for key, value in each.items() if key != "source"}
        fields["languages"] = tuple(fields.get("languages", ()))
        yield Contact(country=country, **{"name": "", "note": "", **fields})


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("serguide.notices") / "contacts.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
