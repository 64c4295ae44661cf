"""Plurals, decimals, units, direction and names by language: the Unicode CLDR, through Babel.

Tags are BCP 47. Of a language that the CLDR does not have, English stands in.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from babel.core import Locale, UnknownLocaleError, get_global
from babel.numbers import format_decimal
from babel.units import format_unit

from serguide.base.language import primary, region, script

Direction = Literal["ltr", "rtl"]


def plural_category(language: str, number: Fraction | int) -> str:
    """Return the form in which a number's noun stands: zero, one, two, few, many or other.

    number: as decimal() writes it.
    """
    return str(_locale(language).plural_form(_rounded(number)))


def decimal(language: str, number: Fraction | int) -> str:
    """Write a number with at most one decimal and no grouping: `2,5`, `1200`."""
    return format_decimal(_rounded(number), "0.#", locale=_locale(language))


def length_in_units(language: str, seconds: int) -> str:
    """Write seconds, or whole minutes where they are some, with their unit: `30 secondes`."""
    unit, number = ("second", seconds) if seconds % 60 else ("minute", seconds // 60)
    text = format_unit(number, f"duration-{unit}", "long", locale=_locale(language))
    return " ".join(text.split())  # voices and captions want plain spaces


def country_name(language: str, code: str) -> str:
    """Return what a country (ISO 3166, two capitals) is called; the code when nothing is known."""
    return str(_locale(language).territories.get(code, code))


def language_name(language: str, tag: str) -> str:
    """Return what the language of a tag is called; the tag when nothing is known."""
    return str(_locale(language).languages.get(primary(tag), tag))


@lru_cache(maxsize=256)
def direction(tag: str) -> Direction:
    """Return whether a language is written from right to left; left to right if nobody knows."""
    named, likely = script(tag), _likely(primary(tag))
    if named and likely and named != script(likely):
        # The CLDR tells of languages, not of scripts: ask one that is written so.
        tag = _likely(f"und_{named}") or ""
    found = _find(tag)
    return "rtl" if found and found.text_direction == "rtl" else "ltr"


def _rounded(number: Fraction | int) -> Decimal:
    rounded = Fraction(round(Fraction(number) * 10), 10)
    return Decimal(rounded.numerator) / rounded.denominator


def _likely(tag: str) -> str | None:
    """Return a tag with the script and country that it most likely stands for."""
    found: str | None = get_global("likely_subtags").get(tag)
    return found


def _locale(language: str) -> Locale:
    return _find(language) or Locale("en")


@lru_cache(maxsize=256)
def _find(tag: str) -> Locale | None:
    """Return the locale of a tag, as much of it as the CLDR has, or None."""
    named = [primary(tag), script(tag), region(tag)]
    for parts in (named, named[:2], named[:1]):
        try:
            return Locale.parse("_".join(part for part in parts if part))
        except (UnknownLocaleError, ValueError):
            continue
    return None
