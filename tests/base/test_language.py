"""Language tags taken apart, and what the CLDR says of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from serguide.base import cldr, language


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        ("en-GB", ("en", None, "GB")),
        ("zh_hant_tw", ("zh", "Hant", "TW")),
        (" DE ", ("de", None, None)),
        ("en-x-us-latn", ("en", None, None)),
        ("es-419", ("es", None, None)),
        ("", ("", None, None)),
    ],
)
def test_a_tag_is_taken_apart(tag, parts):
    found = language.primary(tag), language.script(tag), language.region(tag)
    assert found == parts


@pytest.mark.parametrize(
    ("tag", "number", "category", "written"),
    [
        ("pl", 2, "few", "2"),
        ("pl", 5, "many", "5"),
        ("cs", Fraction(7, 2), "many", "3,5"),
        ("sl-SI", 2, "two", "2"),
        ("ar", 0, "zero", "0"),
        ("en", Fraction(101, 100), "one", "1"),
        ("en", 1234, "other", "1234"),
        ("xx", 1, "one", "1"),
    ],
)
def test_numbers_and_their_nouns(tag, number, category, written):
    assert cldr.plural_category(tag, number) == category
    assert cldr.decimal(tag, number) == written


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "ltr"),
        ("he", "rtl"),
        ("ar-EG", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("ar-Latn", "ltr"),
        ("pa-PK", "rtl"),
        ("pa", "ltr"),
        ("ks-Deva", "ltr"),
        ("nqo-Nkoo", "rtl"),
        ("dv", "rtl"),
        ("yi_US", "rtl"),
        ("de-CH-1996", "ltr"),
        ("en-x-pirate", "ltr"),
        ("xx", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_comes_from_script_then_language(tag, expected):
    assert cldr.direction(tag) == expected


def test_countries_are_called_by_their_names():
    assert cldr.country_name("cs", "DE") == "Německo"
    assert cldr.country_name("en-GB", "CZ") == "Czechia"
    assert cldr.country_name("en", "XQ") == "XQ"
