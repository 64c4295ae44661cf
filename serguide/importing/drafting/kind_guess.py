"""Propose a script's kind by its words: whichever kind's words are the most frequent."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from serguide.script.models import Kind

DEFAULT: Final[Kind] = "relaxation"

_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 2
_PACED: Final = 4
"""Words for which paced breathing speaks: a few counted breaths make no breathing of a walk."""


def guess_kind(text: str, *, paced: bool) -> tuple[Kind, str]:
    """Return a kind, and why; paced: the script has paced breathing."""
    words = Counter(_WORD.findall(text.lower()))
    scores: dict[Kind, int] = {
        kind: sum(words[word] for word in known) for kind, known in _kind_words().items()
    }
    scores["breathing"] += _PACED * paced
    best = max(scores, key=lambda kind: scores[kind])
    if paced and best == "breathing":
        return best, "it has paced breathing"
    if scores[best] < _FEWEST:
        return DEFAULT, "no words speak for another"
    found = sorted(word for word in _kind_words()[best] if words[word])
    shown = ", ".join(found[:4])
    return best, f"by its words: {shown}"


@cache
def _kind_words() -> Mapping[Kind, frozenset[str]]:
    folder = resources.files("serguide.importing.drafting")
    tables = json.loads((folder / "kind_words.json").read_text(encoding="utf-8"))
    return {kind: frozenset(words.split()) for kind, words in tables.items()}
