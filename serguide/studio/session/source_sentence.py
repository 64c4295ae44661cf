"""Replace one sentence in a script's text, at the place where a finding points."""

from __future__ import annotations

import json
import re
from typing import Final

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from serguide.base.errors import UsageError
from serguide.studio.session.yaml_places import composed

_END: Final = re.compile(r"[.!?…؟。！？]+[\"'”’»)\]]*(?=\s|$)")
_PAUSE: Final = re.compile(r"\s*\[[^\]]*\]\s*")

_GONE = UsageError(
    "The sentence is not there any more.", "Look at what the check says now, and try again."
)


def replace_sentence(text: str, line: int, column: int, new: str) -> str:
    """Return a script's text with another sentence at a place.

    line, column: of some character of it, from 1; new: the whole sentence. Pauses before and
    behind it stay, those inside go with it. Raises UsageError where nothing is spoken there.
    """
    node = spoken_at(text, line, column)
    at = _index(text, line, column)
    start, end = _inner(text, node)
    first, last = _sentence(text, start, end, max(at, start))
    if not new.strip():
        raise UsageError("A sentence needs words.", "Write one, or leave the part out.")
    words = " ".join(new.split())
    if node.style in ("|", ">"):
        return text[:first] + words + text[last:]
    whole = " ".join((text[start:first] + "\0" + text[last:end]).split())
    if node.style == '"':
        return text[:first] + json.dumps(words, ensure_ascii=False)[1:-1] + text[last:]
    if node.style == "'":
        return text[:first] + words.replace("'", "''") + text[last:]
    filled = whole.replace("\0", words)
    if _needs_quotes(filled, text, node):
        return text[:start] + json.dumps(filled, ensure_ascii=False) + text[end:]
    return text[:first] + words + text[last:]


def spoken_at(text: str, line: int, column: int) -> ScalarNode:
    """Return the node of the `say:` at a place, from 1. Raises UsageError."""
    at = _index(text, line, column)
    found = [node for node in _said(composed(text)) if _covers(text, node, at)]
    if not found:
        # The cue's own place is its dash: the first of its line that is spoken is meant.
        found = [n for n in _said(composed(text)) if n.start_mark.line >= line - 1][:1]
    if not found:
        raise _GONE
    return found[-1]


def _said(node: Node) -> list[ScalarNode]:
    """Return the values of every `say:` below a node, in order."""
    found: list[ScalarNode] = []
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "say" and isinstance(value, ScalarNode):
                found.append(value)
            else:
                found += _said(value)
    elif isinstance(node, SequenceNode):
        for each in node.value:
            found += _said(each)
    return found


def _covers(text: str, node: ScalarNode, at: int) -> bool:
    start, end = _inner(text, node)
    return start <= at < end


def _inner(text: str, node: ScalarNode) -> tuple[int, int]:
    """Return where a scalar's own characters begin and end, quotes and block marks left out."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if node.style in ("|", ">"):
        start = text.index("\n", start) + 1
    elif node.style in ('"', "'"):
        start, end = start + 1, end - 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _sentence(text: str, start: int, end: int, at: int) -> tuple[int, int]:
    first = start
    for found in _END.finditer(text, start, end):
        if found.end() > at:
            last = found.end()
            break
        first = found.end()
    else:
        last = end
    while first < last and text[first].isspace():
        first += 1
    while pause := _PAUSE.match(text, first, last):
        first = pause.end()
    return first, last


def _needs_quotes(words: str, text: str, node: ScalarNode) -> bool:
    """Tell whether a plain scalar would be read as something else."""
    inside_flow = text[: node.start_mark.index].rpartition("\n")[2].count("{") > 0
    return bool(
        re.search(r": |\s#|:$", words)
        or words[0] in "[]{},&*!|>'\"%@`#?-"
        or (inside_flow and re.search(r"[,\[\]{}]", words))
    )


def _index(text: str, line: int, column: int) -> int:
    lines = text.splitlines(keepends=True)
    if not 1 <= line <= len(lines):
        raise _GONE
    return sum(map(len, lines[: line - 1])) + column - 1
