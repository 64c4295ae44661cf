"""Read the practice's name and mark: `practice:` of the config file, or a file of its own.

    practice:
      name: Practice by the River
      line: CranioSacral therapy, Brno
      logo: logo.svg

A mark is shown as an image from a data URI: whatever an SVG holds, no script runs in it and
nothing is fetched for it. Its colours are left alone.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from serguide.base.errors import Problem, ScriptError
from serguide.notices.model import Practice
from serguide.script.nodes import Mapping, Node, Scalar, load

KEYS = ("name", "line", "logo")
"""What can be said of a practice; only the name has to be."""

LARGEST_LOGO = 300_000
"""Bytes; it stands in every page."""

_PNG = b"\x89PNG\r\n\x1a\n"


def read_practice(path: Path) -> Practice:
    """Read a file that tells of a practice. Raises ScriptError with every problem of it."""
    root = load(path)
    if isinstance(root, Mapping) and "practice" in root.pairs:
        root = root.pairs["practice"][1]
    return practice_in(root, path)


def practice_in(node: Node, path: Path) -> Practice:
    """Return what a node of the file `path` tells of a practice.

    A logo's path counts from the file's folder. Raises ScriptError with every problem.
    """
    problems = list(_problems(node, path))
    if problems:
        raise ScriptError(problems)
    assert isinstance(node, Mapping)
    told = {key: value for key, (_, value) in node.pairs.items()}
    texts = {key: value.value.strip() for key, value in told.items() if isinstance(value, Scalar)}
    logo = texts.get("logo", "")
    mark = _mark(path.parent / Path(logo).expanduser(), told["logo"], path) if logo else ""
    return Practice(texts["name"], texts.get("line", ""), mark)


def _problems(node: Node, path: Path) -> Iterator[Problem]:
    if not isinstance(node, Mapping):
        yield _problem(path, node, "`practice` has no keys", "write `name: …` below it")
        return
    for key, (key_node, value) in node.pairs.items():
        if key not in KEYS:
            yield _problem(
                path, key_node, f"`{key}` is not known here", f"possible: {', '.join(KEYS)}"
            )
        elif not isinstance(value, Scalar):
            yield _problem(path, value, f"`{key}` should be a text", "write it behind the colon")
    name = node.pairs.get("name")
    if name is None or (isinstance(name[1], Scalar) and not name[1].value.strip()):
        yield _problem(path, node, "the practice has no name", "write `name: …`")


def _mark(file: Path, node: Node, path: Path) -> str:
    """Return a logo as a data URI. Raises ScriptError."""

    def fail(message: str, hint: str) -> ScriptError:
        return ScriptError([_problem(path, node, message, hint)])

    try:
        content = file.read_bytes()
    except OSError as error:
        raise fail(
            f"the logo “{file}” cannot be read: {error.strerror}", "name an SVG or a PNG"
        ) from None
    if len(content) > LARGEST_LOGO:
        raise fail(
            f"the logo has {len(content) / 1e6:.1f} MB", "make it smaller: 0.3 MB at the most"
        )
    if content.startswith(_PNG):
        kind = "image/png"
    elif _is_svg(content):
        kind = "image/svg+xml"
    else:
        raise fail(f"the logo “{file}” is no SVG and no PNG", "export it as one of them")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _is_svg(content: bytes) -> bool:
    try:
        return ElementTree.fromstring(content).tag.rpartition("}")[2] == "svg"
    except ElementTree.ParseError:
        return False


def _problem(path: Path, node: Node, message: str, hint: str) -> Problem:
    return Problem(str(path), node.line, node.column, "L010", message, hint)
