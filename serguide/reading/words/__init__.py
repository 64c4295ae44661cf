"""Words of the teleprompter and of the sheet to read from, in the language of what is read.

One JSON file a language beside this one, as those of page and handout; where nobody has written
them in a session's language, they are English.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Final

from serguide.base.language import primary
from serguide.bundle.words import FALLBACK, InterfaceWords

_QUOTED: Final = re.compile(r"“([^”]*)”")


@cache
def reading_words(language: str) -> InterfaceWords:
    """Return the words for a session's language (BCP 47), or English."""
    wanted = primary(language)
    if not (resources.files(__name__) / f"{wanted}.json").is_file():
        wanted = FALLBACK
    return InterfaceWords(wanted, {**_table(FALLBACK), **_table(wanted)})


def doubt_words(why: str, words: InterfaceWords) -> str:
    """Return why a reading is doubtful; a reason that nobody has translated stays as it is."""
    quoted = _QUOTED.search(why)
    phrase = words.table.get(f"why.{_QUOTED.sub('“{word}”', why, count=1)}")
    if not isinstance(phrase, str):
        return why
    return phrase.format(word=quoted[1]) if quoted else phrase


def _table(language: str) -> dict[str, str | dict[str, str]]:
    text = (resources.files(__name__) / f"{language}.json").read_text(encoding="utf-8")
    table: dict[str, str | dict[str, str]] = json.loads(text)
    return table
