"""Find where keys and values of a YAML text stand, by ruamel.yaml's nodes.

A change replaces characters of the text, and all others stay: comments, order, quotes, blank
lines. A round trip through ruamel's data would wrap long lines and indent lists anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from io import StringIO
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from serguide.base.errors import UsageError

_PLAIN: Final = re.compile(r"[^\W\d_][\w./-]*(?: [\w./-]+)*")
_RESERVED: Final = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])


@lru_cache(maxsize=16)
def composed(text: str) -> MappingNode:
    """Return the nodes of a YAML text whose top is a mapping. Raises UsageError."""
    try:
        root = YAML().compose(StringIO(text))
    except YAMLError as error:
        raise UsageError(
            "The file is no YAML at the moment, so nothing was changed in it.",
            f"Mend it in the text file first: {str(error).splitlines()[0]}.",
        ) from error
    if not isinstance(root, MappingNode):
        raise UsageError(
            "The file holds no keys, so nothing was changed in it.",
            "Mend it in the text file first.",
        )
    return root


def pair_of(mapping: Node, key: str) -> tuple[ScalarNode, Node] | None:
    """Return the nodes of a key and its value in a mapping, or None."""
    if isinstance(mapping, MappingNode):
        for name, value in mapping.value:
            if isinstance(name, ScalarNode) and name.value == key:
                return name, value
    return None


def scalar(text: str) -> str:
    """Write a text as a YAML scalar on one line, plain where that is safe."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)


def last_line(lines: Sequence[str], first: int, end: int) -> int:
    """Return the last line of lines[first:end] that is neither blank nor a comment, from 0."""
    for number in range(min(end, len(lines)) - 1, first, -1):
        found = lines[number].strip()
        if found and not found.startswith("#"):
            return number
    return first


def end_line(text: str, node: Node, first: int) -> int:
    """Return the last line that belongs to a node, from 0; first: where its key stands."""
    lines = text.splitlines()
    # Nodes in blocks end where the next token begins: behind comments and blank lines.
    mark = node.end_mark
    return last_line(lines, first, mark.line + (1 if mark.column else 0))
