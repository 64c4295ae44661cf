"""BCP 47 language tags: their language, script and region.

Tags are taken as people write them: in any case, with `-` or `_`.
"""

from __future__ import annotations

import re
from typing import Final

TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""Matches a tag as scripts have it."""


def subtags(tag: str) -> list[str]:
    """Return a tag's parts in lower case: `zh`, `hant`, `tw` for `zh-Hant_TW`."""
    return tag.strip().replace("_", "-").lower().split("-")


def primary(tag: str) -> str:
    """Return the language alone, in lower case: `en` for `en-GB`; empty for an empty tag."""
    return subtags(tag)[0]


def script(tag: str) -> str | None:
    """Return the script that a tag names, such as `Hant`, or None."""
    return next(
        (each.title() for each in _extended(tag) if len(each) == 4 and each.isalpha()), None
    )


def region(tag: str) -> str | None:
    """Return the country that a tag names, in two capitals, or None."""
    return next(
        (each.upper() for each in _extended(tag) if len(each) == 2 and each.isalpha()), None
    )


def _extended(tag: str) -> list[str]:
    """Return the parts behind the language, up to a private or extended one (`x`, `u`)."""
    found = subtags(tag)[1:]
    end = next((at for at, each in enumerate(found) if len(each) == 1), len(found))
    return found[:end]
