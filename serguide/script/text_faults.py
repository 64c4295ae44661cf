"""Words that would vanish from a script, or intrude into what is spoken, each with its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from serguide.base.errors import Problem
from serguide.base.printable import INVISIBLE
from serguide.base.units import format_time
from serguide.script.nodes import Mapping, Node, Scalar, Sequence
from serguide.script.stage_directions import Direction, directions

_SPOKEN: Final = frozenset({"say"})
_SHOWN: Final = frozenset({"title", "about", "chapter"})
_FILLED: Final = frozenset({"values", "pronounce"})
CUE: Final = re.compile(
    r"(?:^|\s)-\s{1,3}((?:say|pause|rest|breathe|sound|include|chapter)\s?:)(?=\s)"
)
"""Matches a cue that is written inside a text."""

_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5});")
"""Matches a character as HTML writes it."""

_PAIRS: Final = {
    "“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’", "‚": "‘’", "'": "'",
}  # fmt: skip


def text_problems(root: Node, name: str, *, of: str = "") -> list[Problem]:
    """Return what is wrong with the texts of a file.

    name: its path as problems name it; of: the key that the whole file would stand under.
    """
    problems = []
    for key, node in _texts(root, of):
        for code, message, hint in _wrong(key, node):
            problems.append(Problem(name, node.line, node.column, code, message, hint))
    return problems


def _texts(root: Node, of: str) -> Iterator[tuple[str, Scalar]]:
    """Yield every text with the key that it belongs to; what `values:` holds belongs to it."""
    waiting: list[tuple[str, Node]] = [(of, root)]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, Scalar):
            yield key, node
        elif isinstance(node, Sequence):
            waiting += [(key, item) for item in node.items]
        elif isinstance(node, Mapping):
            for name, (word, value) in node.pairs.items():
                waiting += [("", word), (key if key in _FILLED else name, value)]


def _wrong(key: str, node: Scalar) -> Iterator[tuple[str, str, str]]:
    text = node.value
    if found := INVISIBLE.search(text):
        yield (
            "L037",
            f"holds U+{ord(found[0]):04X}, a character that is not seen and changes what is",
            "delete it, and type the text around it anew",
        )
    spoken = key in _SPOKEN
    for entity in _ENTITY.findall(text) if spoken or key in _SHOWN else ():
        if (meant := html.unescape(entity)) != entity:
            yield "L034", f"“{entity}” would be spoken", _in_place_of_it(meant)
    if node.comment and (spoken or key in _FILLED or (key in _SHOWN and _goes_on(node.comment))):
        yield (
            "L033",
            f"`{_short(node.comment)}` would be lost: YAML takes ` #` for a comment",
            "put double quotes around the whole text, or write the comment on a line of its own",
        )
    if not spoken:
        return
    for direction in directions(text):
        yield "L034", f"“{_short(direction.written)}” would be spoken", _instead(direction)
    if cue := CUE.search(text):
        yield (
            "L035",
            f"`- {cue[1]}` stands inside a text, and would be spoken",
            "put its dash under the dash of the `say`",
        )
    if is_quoted(text.strip()):
        yield (
            "L036",
            "the whole text stands in quotation marks, which the captions would show",
            "take the quotation marks out",
        )


def _in_place_of_it(meant: str) -> str:
    if meant.isspace():
        return "write a blank in its place"
    return f"write `{meant}` in its place" if meant.isprintable() else "delete it"


def _goes_on(comment: str) -> bool:
    """Tell whether what follows looks like the text going on, as in `Number #1`."""
    return len(comment) > 1 and not comment[1].isspace()


def is_quoted(text: str) -> bool:
    """Tell whether a text stands in quotation marks as a whole."""
    if len(text) < 3 or text[0] not in _PAIRS or text[-1] not in _PAIRS[text[0]]:
        return False
    inside = text[1:-1]
    return text[0] not in inside and text[-1] not in inside


def _instead(direction: Direction) -> str:
    """Return what to write in place of a stage direction."""
    if direction.kind in ("pause", "markup"):
        length = format_time(direction.seconds) if direction.seconds else "3s"
        return (
            f"write `[{length}]` for a pause in the text, or a cue of its own: `- rest: {length}`"
        )
    if direction.kind == "breath":
        return "write a cue of its own: `- breathe: {in: 4s, out: 6s, cycles: 10}`, or a `rest`"
    if direction.kind == "manner":
        return "take it out; `pace: 0.9` and `volume: -2dB` below the `say` make it calmer"
    return "take it out, or write it on a line of its own that begins with #"


def _short(text: str) -> str:
    return text if len(text) <= 48 else text[:47] + "…"
