"""Build SVG text: numbers, escaping, elements."""

from __future__ import annotations

import re

from markupsafe import Markup

# What XML 1.0 has no way to write at all.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Write a coordinate with at most one decimal, the same on every machine."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def words(text: str) -> str:
    """Return text in one line, without the characters that XML does not have."""
    return _UNWRITABLE.sub("", " ".join(text.split()))


def element(name: str, content: str = "", **attributes: str | float) -> Markup:
    """Write one element; an underscore in an attribute's name stands for a hyphen.

    content: elements, or text, which is escaped as attributes are.
    """
    listed = Markup().join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value)
        )
        for key, value in attributes.items()
    )
    start = Markup("<{}{}").format(name, listed)
    return Markup("{}>{}</{}>").format(start, content, name) if content else start + Markup("/>")


def lines(*parts: str) -> Markup:
    """Put elements each on a line of its own."""
    return Markup("\n").join(["", *parts, ""])
