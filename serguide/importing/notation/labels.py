"""Labels and blanks in brackets: `[Beginning]` names a part, `[name]` is filled in."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BLANK: Final = re.compile(r"[^\W\d_]\w{0,30}")


def is_label(inside: str) -> bool:
    """Tell whether brackets hold nothing but words that name parts of a script."""
    return _all_of(inside, "label")


def blank_name(inside: str, brace: bool) -> str:
    """Return the placeholder that brackets ask for, or an empty text.

    brace: they are braces, in which any one word is a placeholder.
    """
    if _all_of(inside, "name") and any(word in _known("called") for word in _words(inside)):
        return "name"
    single = inside.strip()
    return single.lower() if brace and _BLANK.fullmatch(single) else ""


def _all_of(inside: str, about: str) -> bool:
    words = _words(inside)
    return 0 < len(words) <= 5 and all(word in _known(about) for word in words)


def _words(inside: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(inside)]


@cache
def _known(about: str) -> frozenset[str]:
    folder = resources.files("serguide.importing.notation")
    tables = json.loads((folder / "label_words.json").read_text(encoding="utf-8"))
    return frozenset(word for words in tables[about].values() for word in words.split())
