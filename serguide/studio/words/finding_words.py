"""Reasons behind findings and wordings to put in their place, in the studio's languages."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Final

from serguide.base.language import primary

_SAME: Final = {"W201": "E105", "W202": "E108", "W203": "E106", "W205": "E109", "W206": "E107"}
"""What reads like the findings of a rule is told like them."""


def reason_behind(code: str, language: str) -> str:
    """Return why a rule is there, in one or two short sentences; empty where no word is ready."""
    return _table(primary(language)).get(f"{_SAME.get(code, code)}.why", "")


def better_wording(code: str, language: str) -> str:
    """Return a sentence of a script's language to use instead; empty where none would fit."""
    return _table(primary(language)).get(f"{_SAME.get(code, code)}.better", "")


@cache
def _table(language: str) -> dict[str, str]:
    folder = resources.files("serguide.studio") / "words" / language
    try:
        table: dict[str, str] = json.loads((folder / "wordings.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return table
