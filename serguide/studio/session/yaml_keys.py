"""Set and remove keys of a session's or script's text; all else in it stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ruamel.yaml.nodes import MappingNode, Node

from serguide.studio.session.yaml_places import composed, end_line, pair_of, scalar

ORDER: Final = (
    "title", "kind", "about", "language", "audience", "supervision", "posture", "ending",
    "length", "voice", "soundscape", "values", "pronounce", "ground", "allow", "steps", "cues",
)  # fmt: skip
"""Keys of sessions and scripts in the order in which docs and built-in files have them."""


def set_key(text: str, keys: Sequence[str], value: str) -> str:
    """Return the text with a key set, one level deep or two.

    keys: such as ("length",) or ("values", "name"); value: YAML, on one line. Raises UsageError
    for a text that is no mapping.
    """
    root = composed(text)
    found = pair_of(root, keys[0])
    if len(keys) == 1:
        return _put(text, root, keys[0], value)
    inner = f"{{{scalar(keys[1])}: {value}}}"
    if found is None or not isinstance(found[1], MappingNode):
        return _put(text, root, keys[0], inner)
    return _put(text, found[1], keys[1], value)


def remove_key(text: str, key: str) -> str:
    """Return the text without a key of its top level."""
    found = pair_of(composed(text), key)
    if found is None:
        return text
    lines = text.splitlines(keepends=True)
    first = found[0].start_mark.line
    del lines[first : end_line(text, found[1], first) + 1]
    return "".join(lines)


def _put(text: str, mapping: MappingNode, key: str, value: str) -> str:
    found = pair_of(mapping, key)
    if found is not None:
        return _replace(text, found[0], found[1], value)
    if mapping.flow_style:
        at = text.rindex("}", mapping.start_mark.index, mapping.end_mark.index)
        before = text[mapping.start_mark.index + 1 : at].strip()
        comma = ", " if before and not before.endswith(",") else ""
        return f"{text[:at].rstrip()}{comma}{scalar(key)}: {value}{text[at:]}"
    lines = text.splitlines(keepends=True)
    indent = " " * mapping.start_mark.column
    at = _place_for(text, mapping, key)
    if lines and not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    lines.insert(at, f"{indent}{scalar(key)}: {value}\n")
    return "".join(lines)


def _replace(text: str, key: Node, value: Node, new: str) -> str:
    start, end = value.start_mark.index, value.end_mark.index
    if value.end_mark.line > value.start_mark.line and not getattr(value, "flow_style", False):
        # A block: its lines go, and the value stands behind its key.
        lines = text.splitlines(keepends=True)
        first = key.start_mark.line
        last = end_line(text, value, first)
        lines[first : last + 1] = [f"{text[: key.end_mark.index].rpartition(chr(10))[2]}: {new}\n"]
        return "".join(lines)
    gap = "" if start > key.end_mark.index + 1 else " "
    return f"{text[:start]}{gap}{new}{text[end:]}"


def _place_for(text: str, mapping: MappingNode, key: str) -> int:
    """Return the line at which a new key is put in: behind those that come before it in ORDER."""
    at = int(mapping.value[0][0].start_mark.line)
    rank = ORDER.index(key) if key in ORDER else len(ORDER)
    for name, value in mapping.value:
        known = ORDER.index(name.value) if name.value in ORDER else -1
        if known < rank:
            at = end_line(text, value, name.start_mark.line) + 1
    return at
