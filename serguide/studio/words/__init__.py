"""The interface's words: LANGUAGE/SCREEN.json beside this file, with common.json for all screens.

A phrase is a text with `{names}`, or, where it counts, an object with a form for each plural
category of the language (Unicode CLDR). What a language lacks is said in English.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TypeAlias

WordTable: TypeAlias = dict[str, str | dict[str, str]]

_FALLBACK = "en"


def screen_words(screen: str, language: str) -> WordTable:
    """Return what a screen says: its own words over those that all screens have."""
    table: WordTable = {}
    for tongue in (_FALLBACK, language):
        for part in ("common", screen):
            table |= _read(tongue, part)
    return table


def words_json(table: WordTable) -> str:
    """Return words as JSON that may stand in a page: nothing in it ends a script element."""
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("&", "\\u0026")


@cache
def _read(language: str, part: str) -> WordTable:
    entry = resources.files(__name__) / language / f"{part}.json"
    table: WordTable = json.loads(entry.read_text(encoding="utf-8")) if entry.is_file() else {}
    return table
