from __future__ import annotations

import json
import string
from fractions import Fraction
from importlib import resources

import pytest

from serguide.bundle.words import words_for

SHIPPED = sorted(
    entry.name.removesuffix(".json")
    for entry in resources.files("serguide.bundle.words").iterdir()
    if entry.name.endswith(".json")
)


def table(language):
    folder = resources.files("serguide.bundle.words")
    return json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))


def fields(phrase):
    forms = phrase.values() if isinstance(phrase, dict) else [phrase]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("language", SHIPPED)
def test_every_language_says_everything_with_the_same_values(language):
    english = table("en")
    here = table(language)
    assert here.keys() == english.keys()
    for key, phrase in english.items():
        assert isinstance(here[key], dict) == isinstance(phrase, dict), key
        assert fields(here[key]) == fields(phrase), key
        if isinstance(phrase, dict):
            assert "other" in here[key]


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "1 second"),
        ("en", Fraction(5, 2), "2.5 seconds"),
        ("de-AT", Fraction(5, 2), "2,5 Sekunden"),
        ("cs", 1, "1 sekundu"),
        ("cs", 4, "4 sekundy"),
        ("cs", 5, "5 sekund"),
        ("cs-CZ", Fraction(7, 2), "3,5 sekundy"),
        ("sk", 22, "22 sekúnd"),
        ("hu", 3, "3 seconds"),
    ],
)
def test_counting_follows_the_language(language, number, said):
    assert words_for(language).count("seconds", number) == said


def test_an_untranslated_language_speaks_english():
    assert words_for("hu").say("ground") == "Come back to the room"
    assert words_for("hu").language == "en"
    assert words_for("de-CH").language == "de"
