"""Build SVG text: numbers, escaping, elements."""

from __future__ import annotations

import re
from html import escape

# What XML 1.0 has no way to write at all.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Write a coordinate with at most one decimal, the same on every machine."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def words(text: str) -> str:
    """Escape text for an SVG, without the characters that XML does not have."""
    return escape(_UNWRITABLE.sub("", " ".join(text.split())))


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """Write one element; an underscore in an attribute's name stands for a hyphen.

    content is SVG already.
    """
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{listed}>{content}</{name}>" if content else f"<{name}{listed}/>"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)
