"""The nearest of the names that there are, for someone who mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, choices: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return the choices most like a word, the nearest first; capitals do not matter.

    cutoff: 0 to 1, how like they must be.
    """
    named = {choice.lower(): choice for choice in choices}
    found = difflib.get_close_matches(word.lower(), list(named), most, cutoff)
    return [named[match] for match in found]


def did_you_mean(word: str, choices: Iterable[str], *, otherwise: str = "") -> str:
    """Return a hint that names the nearest choice, or one that the word is a part of."""
    known = list(choices)
    near = nearest(word, known)
    if not near and len(word) > 2:
        near = [choice for choice in known if word.lower() in choice.lower()]
    return f"did you mean `{near[0]}`?" if near else otherwise
