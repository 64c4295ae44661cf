"""Entries of a script's head, such as `allow:` and `values:`, added in the layout that it has."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from serguide.script.text import LENGTHS
from serguide.studio.wording.cue_lines import CueFile, children, end_of, place_of, read_cues


def with_values(text: str, names: Iterable[str]) -> str:
    """Return a script's text in which each name has a default under `values:`, empty if new."""
    names = [name for name in names if name not in LENGTHS]
    if not names:
        return text
    known = children(read_cues(text).keys["values"]) if "values" in read_cues(text).keys else {}
    for name in names:
        if name not in known:
            text = with_entry(text, "values", name, "")
    return text


def with_entry(text: str, key: str, name: str, value: str) -> str:
    """Return a script's text with `key: {name: value}`, beside the entries that are there."""
    file = read_cues(text)
    written = f"{name}: {json.dumps(value, ensure_ascii=False)}"
    group = file.keys.get(key)
    if group is None:
        return _new_group(file, f"{key}: {{{written}}}")
    known = children(group)
    if name in known:
        place = place_of(text, known[name])
        return text[: place.start] + json.dumps(value, ensure_ascii=False) + text[place.end :]
    return _added(file, group, written)


def _new_group(file: CueFile, line: str) -> str:
    """Put a line above `cues:`, and above the comments that stand on it."""
    at = next(
        number
        for number, each in enumerate(file.lines)
        if each.startswith(("cues:", "cues :", '"cues"', "'cues'"))
    )
    while at and file.lines[at - 1].startswith("#"):
        at -= 1
    return "".join([*file.lines[:at], line + file.newline, *file.lines[at:]])


def _added(file: CueFile, group: Any, written: str) -> str:
    text = file.text
    end = end_of(text, group)
    if not group.value:  # `allow: {}`, or nothing behind the colon
        start = group.start_mark.index
        return f"{text[:start]}{{{written}}}{text[end:]}"
    if group.flow_style:
        last = end_of(text, group.value[-1][1])
        return f"{text[:last]}, {written}{text[last:]}"
    first = group.value[0][0].start_mark.index
    column = first - text.rfind("\n", 0, first) - 1
    ends = text.find("\n", end)
    ends = len(text) if ends < 0 else ends
    return f"{text[:ends]}{file.newline}{' ' * column}{written}{text[ends:]}"
