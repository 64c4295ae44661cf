"""Places of the cues in a file: their lines, and the first and last character of each value.

ruamel.yaml composes the nodes with their places. What is changed is changed between those places,
in the text itself; so every other character stays as its writer left it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from serguide.base.errors import UsageError
from serguide.script.nodes import parse


@dataclass(frozen=True, slots=True)
class YamlPlace:
    """Hold a scalar; start, end: its characters in the file, end exclusive; style: | > ' "."""

    value: str
    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class CueLines:
    """Hold one cue of a file.

    lead, first, last: lines from 0; `lead` is the first of the comments above it, `last` the one
    behind its end; column: of its dash; node: what ruamel.yaml composed.
    """

    lead: int
    first: int
    last: int
    column: int
    node: Any

    @property
    def value(self) -> Any:
        """Return the cue as text, lists and dicts."""
        return plain_value(self.node)


@dataclass(frozen=True, slots=True)
class CueFile:
    """Hold a script's text, line by line with its ends, and its cues in order."""

    text: str
    lines: tuple[str, ...]
    cues: tuple[CueLines, ...]
    keys: dict[str, Any]

    @property
    def newline(self) -> str:
        """Return what ends its lines."""
        return "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"

    def offset(self, line: int) -> int:
        """Return the first character of a line."""
        return sum(len(each) for each in self.lines[:line])


# A text is composed once for a save and the check behind it; nothing changes the nodes.
@lru_cache(maxsize=16)
def read_cues(text: str, name: str = "") -> CueFile:
    """Find the cues of a script; name: the path in problems. Raises ScriptError, UsageError."""
    from ruamel.yaml import YAML

    parse(text, name)  # its limits and refusals come first
    root = YAML(typ="safe", pure=True).compose(text)
    keys = _pairs(root)
    found = keys.get("cues")
    if found is None or not isinstance(found.value, list) or found.tag.endswith(":map"):
        raise UsageError(f"{name} has no list of cues", "Look at it as a text file.")
    if found.flow_style:
        raise UsageError(
            "The cues of this script stand in one bracket, which this page cannot change.",
            "Change it as a text file, or give each cue a line of its own.",
        )
    lines = tuple(line for line in re.split(r"(?<=\n)", text) if line)
    column = _column(text, found.start_mark.index)
    cues: list[CueLines] = []
    end = text.count("\n", 0, found.start_mark.index)
    for node in found.value:
        first = text.count("\n", 0, node.start_mark.index)
        while lines[first][column : column + 1] != "-" or lines[first][:column].strip():
            first -= 1
        last = text.count("\n", 0, end_of(text, node)) + 1
        cues.append(CueLines(min(end, first), first, last, column, node))
        end = last
    return CueFile(text, lines, tuple(cues), keys)


def _column(text: str, index: int) -> int:
    return index - text.rfind("\n", 0, index) - 1


def end_of(text: str, node: Any) -> int:
    """Return the character behind a node's last one; comments behind it are not its own."""
    if isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        return end_of(text, last[1] if isinstance(last, tuple) else last)
    start = int(node.start_mark.index)
    return start + len(text[start : node.end_mark.index].rstrip())


def place_of(text: str, node: Any) -> YamlPlace:
    """Return where a scalar stands, without the blanks and line ends behind it."""
    return YamlPlace(node.value, node.start_mark.index, end_of(text, node), node.style or "")


def children(node: Any) -> dict[str, Any]:
    """Return the values of a mapping's keys, as nodes; nothing for what is no mapping."""
    return _pairs(node) if node.tag.endswith(":map") else {}


def plain_value(node: Any) -> Any:
    """Return a node as text, lists and dicts; every scalar stays text."""
    if node.tag.endswith(":map"):
        return {key.value: plain_value(value) for key, value in node.value}
    if node.tag.endswith(":seq"):
        return [plain_value(each) for each in node.value]
    return node.value


def _pairs(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value}
