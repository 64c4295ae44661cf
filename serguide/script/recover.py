"""Go on after a YAML syntax fault: leave the faulty cue out, and look at the rest of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from serguide.base.errors import Problem, ScriptError
from serguide.script.nodes import Node, parse

_MOST: Final = 40
"""Faulty cues that are left out of one file before giving up."""

_SYNTAX: Final = {"L003", "L004"}


def parse_on(
    text: str, name: str, validate: Callable[[Node], list[Problem]]
) -> tuple[Node | None, list[Problem]]:
    """Parse a file; return its nodes, or None and every problem that can be found.

    validate: returns what is wrong with the nodes of a file from which faulty cues were left
    out; it is asked only then.
    """
    problems: list[Problem] = []
    lines = text.split("\n")
    for _ in range(_MOST):
        try:
            root = parse("\n".join(lines), name)
        except ScriptError as error:
            problems += error.problems
            fault = next((each for each in error.problems if each.code in _SYNTAX), None)
            if fault is None or not _leave_out(lines, fault.line - 1):
                return None, problems
            continue
        if not problems:
            return root, []
        # Another problem in the same place would be of what was left out.
        return None, [*problems, *validate(root)]
    return None, problems


def _leave_out(lines: list[str], fault: int) -> bool:
    """Empty the lines of the cue that a line belongs to; False when it belongs to none."""
    begun = next((n for n, line in enumerate(lines) if re.match(r"(cues|steps)\s*:", line)), None)
    if begun is None or fault <= begun or fault >= len(lines):
        return False
    first = next((n for n in range(fault, begun, -1) if re.match(r"\s*-", lines[n])), None)
    if first is None:
        first = fault
    last = next(
        (
            n
            for n in range(first + 1, len(lines))
            if n > fault and (re.match(r"\s*-", lines[n]) or re.match(r"[^\s#]", lines[n]))
        ),
        len(lines),
    )
    if not any(line.strip() for line in lines[first:last]):
        return False
    indent = next(
        (len(line) - len(line.lstrip()) for line in lines[begun + 1 :] if line.strip()), 2
    )
    for n in range(first, last):
        lines[n] = ""
    if lines[begun].startswith("cues"):
        # Something has to stand there, or a file with one cue would have none.
        lines[first] = f"{' ' * indent}- pause: 1s"
    return True
