"""Explain YAML syntax errors to people who know no YAML, with the line and the place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from serguide.base.errors import Problem

_CUES: Final = "say|pause|rest|breathe|sound|include|chapter"
_OPTIONS: Final = "beats|pace|volume|voice"

_GLUED = re.compile(rf"^(\s*)-({_CUES})\b")
_DASHED = re.compile(rf"^(\s*)- +(?:{_CUES})\s*:")
_BARE = re.compile(rf"^(\s*)({_CUES})\s*:")
_OPTION = re.compile(rf"^(\s*)({_OPTIONS})\s*:")
_ODD_LINE_END = re.compile("[\x85\u2028\u2029]")
_SIGN = re.compile(r"^\s*(?:- +)?[\w-]+:\s+([*&!%@`])")


@dataclass(frozen=True, slots=True)
class _Found:
    line: int
    column: int
    message: str
    hint: str
    code: str = "L003"


def syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    """Return what is wrong in a writer's words; the hint shows the line and marks the place."""
    lines = text.split("\n")
    if broken := _ODD_LINE_END.search(text):
        before = text[: broken.start()]
        return marked(
            name, lines, before.count("\n") + 1, len(before) - before.rfind("\n"), "L037",
            f"holds U+{ord(broken[0]):04X}, at which YAML breaks the line",
            "delete it, and type the text around it anew",
        )  # fmt: skip
    opened = error.problem in _OPENED and error.context_mark is not None
    mark = error.context_mark if opened else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    found = _layout(lines, line) or _by_table(error.problem or "", line, column)
    return marked(name, lines, found.line, found.column, found.code, found.message, found.hint)


def marked(
    name: str, lines: list[str], line: int, column: int, code: str, message: str, hint: str
) -> Problem:
    """Return a problem whose hint is followed by the line, with its place marked."""
    excerpt = ""
    if 0 < line <= len(lines) and lines[line - 1].strip():
        written = lines[line - 1].rstrip()
        # A long text is shown around the place.
        start = max(0, column - 60)
        shown = written[start : start + 100].replace("\t", " ")
        number = f"{line} | "
        excerpt = f"{number}{shown}\n{' ' * (len(number) + column - 1 - start)}^"
    return Problem(name, line, column, code, message, hint, excerpt=excerpt)


def _layout(lines: list[str], line: int) -> _Found | None:
    """Look for what people get wrong in the layout, in the line and its neighbours."""
    here = [near for near in (line, line - 1, line + 1) if 0 < near <= len(lines)]
    for near in (line, line - 1):
        if not 0 < near <= len(lines):
            continue
        indent = re.match(r"\s*", lines[near - 1])
        if indent and "\t" in indent[0]:
            column = indent[0].index("\t") + 1
            return _Found(
                near, column, "is indented with a tab", "indent with two spaces a level", "L004"
            )
    for near in here:
        written = lines[near - 1]
        if found := _GLUED.match(written):
            return _Found(
                near,
                found.end(1) + 1,
                "the dash needs a space after it",
                f"write `- {found[2]}: …`",
            )
    if (sign := _SIGN.match(lines[line - 1] if 0 < line <= len(lines) else "")) and sign[
        1
    ] in "*&!%@`":
        return _Found(
            line,
            sign.start(1) + 1,
            f"a text cannot begin with `{sign[1]}`",
            "put double quotes around the whole text, or take the sign out",
        )
    dashes = _dashes(lines)
    for near in here:
        written = lines[near - 1]
        if (found := _DASHED.match(written)) and dashes and len(found[1]) not in dashes[:1]:
            return _out_of_line(near, len(found[1]), dashes[0])
        if found := _OPTION.match(written):
            wanted = _under(lines, near)
            if wanted is not None and len(found[1]) != wanted:
                return _Found(
                    near,
                    len(found[1]) + 1,
                    f"`{found[2]}` does not stand under the `say` that it belongs to",
                    f"put {wanted} spaces before it",
                )
        if (found := _BARE.match(written)) and dashes and len(found[1]) <= dashes[0] + 2:
            return _Found(
                near,
                len(found[1]) + 1,
                f"`{found[2]}` has no dash before it",
                f"a cue begins with a dash: `- {found[2]}: …`",
            )
    return None


def _dashes(lines: list[str]) -> list[int]:
    """Return how far in the first cue's dash stands, or nothing."""
    begun = False
    for written in lines:
        begun = begun or re.match(r"cues\s*:", written) is not None
        if begun and (found := re.match(r"(\s*)- ", written)):
            return [len(found[1])]
    return []


def _under(lines: list[str], line: int) -> int | None:
    """Return where the options of the `say` above a line stand."""
    for written in reversed(lines[: line - 1]):
        if found := re.match(r"(\s*)- +say\s*:", written):
            return len(found[1]) + 2
        if _DASHED.match(written):
            return None
    return None


def _out_of_line(line: int, stands: int, others: int) -> _Found:
    off = abs(stands - others)
    spaces = "one space" if off == 1 else f"{off} spaces"
    where = "right" if stands > others else "left"
    return _Found(
        line,
        stands + 1,
        f"this dash stands {spaces} too far to the {where}",
        f"line it up with the other dashes: {others} spaces before it",
    )


def _by_table(problem: str, line: int, column: int) -> _Found:
    message, hint = _SYNTAX.get(problem, ("this line cannot be understood", _LOOK_HERE))
    return _Found(line, column, message, hint)


_LOOK_HERE: Final = "look at this line and the one above for a quote, bracket or colon out of place"

_OPENED: Final = {
    "found unexpected end of stream",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
}
"""What is told where it was opened, and not where its end was missed."""

_SYNTAX: Final = {
    "found character that cannot start any token": (
        "a text cannot begin with this character",
        "put double quotes around the text",
    ),
    "found unknown escape character": (
        "a backslash inside double quotes means something else",
        "write it twice, or use single quotes",
    ),
    "did not find expected node content": (
        "a bracket or brace is opened and never closed",
        "close it, or put quotes around a text that begins with [ or {",
    ),
    "mapping values are not allowed in this context": (
        "a colon followed by a space stands inside a text",
        "put double quotes around the whole text",
    ),
    "did not find expected key": (
        "this line does not fit under the one above",
        "line it up with its neighbours, and put quotes around a text that holds quotes",
    ),
    "did not find expected '-' indicator": (
        "this line does not fit into the list above",
        "begin each cue with a dash, and line the dashes up",
    ),
    "did not find expected alphabetic or numeric character": (
        "a text cannot begin with `*` or `&`",
        "put double quotes around the whole text, or take the sign out",
    ),
    "could not find expected ':'": (
        "a key without a colon, or a text that goes on without being indented",
        "write `key: value`, or indent the text below its key",
    ),
    "did not find expected ',' or ']'": ("a list opened with [ is not closed", "close it with ]"),
    "did not find expected ',' or '}'": (
        "braces opened with { are not closed",
        "close them with }; put quotes around a text that begins with {",
    ),
    "found unexpected end of stream": ("a quote is opened and never closed", "close it"),
    "found undefined tag handle": (
        "a word that begins with ! is a tag; nothing in a file is run",
        "put quotes around a text that begins with !",
    ),
}
