"""Propose a sentence in place of one that the check found, in the sentence's language."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from serguide.base.language import primary
from serguide.safety.rule import RULES

_QUOTED: Final = re.compile(r"“([^”…]+[.?!])”")

_WORDS: Final = frozenset(
    ["W104", "E103", "E105", "E106", "E107", "E108", "E109", "E110", "W126"]
) | frozenset(f"W{number}" for number in range(201, 216))
"""Rules about a sentence's words: another sentence settles them."""


def proposal_for(code: str, language: str) -> str | None:
    """Return a sentence that settles a rule, or None where words alone do not.

    In English it is the first that the rule itself names.
    """
    if code not in _WORDS or code not in RULES:
        return None
    if primary(language) == "en":
        found = _QUOTED.search(str(RULES[code].better))
        return found[1] if found else None
    return _others().get(code, {}).get(primary(language))


@lru_cache(maxsize=1)
def _others() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("better_wordings.json")
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found
