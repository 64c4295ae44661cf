"""The words that a bundle says for itself, in its listener's language.

One JSON file a language beside this one, named by its BCP 47 language. To add one, translate
`en.json`; what a file leaves out is said in English. A word that counts has a form for each
plural category of the language (Unicode CLDR): one, few, many, other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

FALLBACK = "en"

_RTL_LANGUAGES = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
_RTL_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))


@dataclass(frozen=True, slots=True)
class InterfaceWords:
    """Say the interface's words in one language (BCP 47; the file's language, not the asked)."""

    language: str
    table: dict[str, str | dict[str, str]]

    def say(self, key: str, **values: str) -> str:
        """Return a phrase with its values filled in."""
        phrase = self.table[key]
        assert isinstance(phrase, str), f"“{key}” counts: use count()"
        return phrase.format(**values)

    def count(self, key: str, number: Fraction | int) -> str:
        """Return a phrase that counts, such as `12 minutes` or `2.5 seconds`."""
        forms = self.table[key]
        assert isinstance(forms, dict), f"“{key}” does not count: use say()"
        digits = f"{float(round(number, 1)):g}"
        if self.language != "en":
            digits = digits.replace(".", ",")
        form = forms.get(_category(self.language, number), forms["other"])
        return form.format(n=digits)


@cache
def words_for(language: str) -> InterfaceWords:
    """Return the words for a BCP 47 language, or English where no one has translated them."""
    table: dict[str, str | dict[str, str]] = _read(FALLBACK)
    primary = language.lower().replace("_", "-").partition("-")[0]
    found = primary in _shipped()
    return InterfaceWords(
        primary if found else FALLBACK, {**table, **_read(primary)} if found else table
    )


def direction(language: str) -> str:
    """Return `rtl` for a BCP 47 language that is written from right to left, else `ltr`."""
    subtags = language.lower().replace("_", "-").split("-")
    scripts = [subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in _RTL_LANGUAGES else "ltr"


def _category(language: str, number: Fraction | int) -> str:
    """Return the CLDR plural category of a number, for the languages shipped here."""
    if language in ("cs", "sk") and number != int(number):
        return "many"
    if number == 1:
        return "one"
    return "few" if language in ("cs", "sk") and number in (2, 3, 4) else "other"


@cache
def _shipped() -> frozenset[str]:
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return frozenset(name.removesuffix(".json") for name in names if name.endswith(".json"))


def _read(language: str) -> dict[str, str | dict[str, str]]:
    text = (resources.files(__name__) / f"{language}.json").read_text(encoding="utf-8")
    table: dict[str, str | dict[str, str]] = json.loads(text)
    return table
