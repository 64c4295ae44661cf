"""Words of the handout, beside those that it shares with page and transcript.

One JSON file a language beside this one, named by its BCP 47 language. A sheet is in one language:
where nobody has written it in the session's, all of it is in English, and says so.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from serguide.base.language import primary
from serguide.bundle.words import FALLBACK, InterfaceWords, words_for


@cache
def handout_words(language: str) -> InterfaceWords:
    """Return the words for a session's language (BCP 47), or English."""
    wanted = primary(language)
    if wanted not in _written():
        wanted = FALLBACK
    shared = words_for(wanted)
    return InterfaceWords(wanted, {**shared.table, **_table(FALLBACK), **_table(wanted)})


@cache
def _written() -> frozenset[str]:
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return frozenset(name.removesuffix(".json") for name in names if name.endswith(".json"))


def _table(language: str) -> dict[str, str]:
    text = (resources.files(__name__) / f"{language}.json").read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)
    return table
