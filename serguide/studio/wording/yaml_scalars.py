"""Scalars as YAML writes them: plain where that is safe, folded where long, else in quotes."""

from __future__ import annotations

import json
import re
import textwrap

from serguide.base.errors import ScriptError
from serguide.script.nodes import Mapping, Scalar, parse

WIDTH = 100
"""Characters of a line, where words allow it; as the built-in scripts have."""

_FLOW = re.compile(r"[,\[\]{}]")


def inline_scalar(text: str, style: str = "", *, flow: bool = False) -> str:
    """Write a text on one line, in the quotes that it had; flow: it stands within brackets."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _is_plain(text) and not (flow and _FLOW.search(text)):
        return text
    # What JSON writes, YAML reads as the same text (YAML 1.2, section 1.3).
    return json.dumps(text, ensure_ascii=False)


def folded(text: str, indent: str) -> list[str]:
    """Return the lines of a folded text (`>-`), without line ends."""
    return _wrapped(text.split(), indent)


def rewrapped(lines: list[str], text: str, indent: str) -> list[str]:
    """Return the lines of a folded text after a change; those it does not touch stay as they are.

    lines: as they were, without line ends; text: as it is to be, with single blanks.
    """
    words = text.split()
    head = 0
    while head < len(lines) and words[: len(held := lines[head].split())] == held:
        words = words[len(held) :]
        head += 1
    tail = len(lines)
    while tail > head and (held := lines[tail - 1].split()) == words[len(words) - len(held) :]:
        words = words[: len(words) - len(held)]
        tail -= 1
    if words and head and head == tail:  # words that were added go on in the line before them
        head -= 1
        words = [*lines[head].split(), *words]
    return [*lines[:head], *_wrapped(words, indent), *lines[tail:]]


def _wrapped(words: list[str], indent: str) -> list[str]:
    return textwrap.wrap(
        " ".join(words),
        max(WIDTH, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_plain(text: str) -> bool:
    """Tell whether YAML reads an unquoted text as that text."""
    if not text or text != text.strip():
        return False
    try:
        read = parse(f"say: {text}\n", "")
    except ScriptError:
        return False
    if not isinstance(read, Mapping) or list(read.pairs) != ["say"]:
        return False
    _, value = read.pairs["say"]
    return isinstance(value, Scalar) and value.value == text and not value.comment
