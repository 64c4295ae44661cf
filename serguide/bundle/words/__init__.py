"""Interface words of page, transcript and player, in the listener's language.

One JSON file a language beside this one, named by its BCP 47 language. To add one, translate
`en.json`; what a file leaves out is said in English. A word that counts has a form for each
plural category of the language (Unicode CLDR): zero, one, two, few, many, other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources

from serguide.base.cldr import decimal, plural_category
from serguide.base.language import primary

FALLBACK = "en"


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
        form = forms.get(plural_category(self.language, number), forms["other"])
        return form.format(n=decimal(self.language, number))


@cache
def words_for(language: str) -> InterfaceWords:
    """Return the words for a BCP 47 language, or English where no one has translated them."""
    table: dict[str, str | dict[str, str]] = _read(FALLBACK)
    wanted = primary(language)
    if wanted not in _shipped():
        return InterfaceWords(FALLBACK, table)
    return InterfaceWords(wanted, {**table, **_read(wanted)})


@cache
def _shipped() -> frozenset[str]:
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return frozenset(name.removesuffix(".json") for name in names if name.endswith(".json"))


def _read(language: str) -> dict[str, str | dict[str, str]]:
    text = (resources.files(__name__) / f"{language}.json").read_text(encoding="utf-8")
    table: dict[str, str | dict[str, str]] = json.loads(text)
    return table
