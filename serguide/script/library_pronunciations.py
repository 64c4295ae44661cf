"""A library's `pronounce.yaml`: words that are spoken differently in all its scripts.

    Zoë: /ˈzəʊi/
    en:
      psoas: SO-as

The first is for every language, the second for English alone. A script's own `pronounce` wins
over it, and an earlier library's over a later one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from pydantic_core import PydanticCustomError

from serguide.base.errors import Problem, ScriptError
from serguide.base.language import TAG
from serguide.script import nodes
from serguide.script.nodes import Mapping, Node, Scalar
from serguide.script.pronunciation import checked_pronunciation
from serguide.script.text_faults import text_problems

_WRAPPED: Final = "pronounce"

Words: TypeAlias = dict[str, dict[str, str]]
"""How words are spoken, by language tag in lower case; the empty tag is for every language."""


def words_of(folders: Iterable[Path], language: str) -> dict[str, str]:
    """Return how words are spoken in a language, by the files of libraries in their order.

    folders: files that are there. The nearer tag wins within a file, as `en-GB` over `en`.
    Raises ScriptError with every problem of the first file that is wrong.
    """
    merged: dict[str, str] = {}
    for path in reversed(tuple(folders)):
        table = read_words(path)
        tag = language.lower()
        tags = ["", *("-".join(tag.split("-")[: n + 1]) for n in range(tag.count("-") + 1))]
        for each in tags:
            for word, spoken in table.get(each, {}).items():
                merged.pop(_same(merged, word), None)
                merged[word] = spoken
    return merged


def read_words(path: Path) -> Words:
    """Read a `pronounce.yaml`. Raises ScriptError with every problem of it."""
    try:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    except OSError:
        stamp = (0, 0, 0)  # reading it says what is the matter
    found = _read(path, stamp)
    if isinstance(found, ScriptError):
        raise found
    return found


@lru_cache(maxsize=64)
def _read(path: Path, _stamp: tuple[int, int, int]) -> Words | ScriptError:
    try:
        root = nodes.parse(nodes.read_text(path, str(path)), str(path))
    except ScriptError as error:
        return error
    if isinstance(root, Scalar) and not root.value.strip():
        return {}  # a file of notes alone
    table: Words = {}
    problems = text_problems(root, str(path), of=_WRAPPED)
    for problem in _entries(root, str(path), table):
        problems.append(problem)
    return ScriptError(problems) if problems else table


def _entries(root: Node, name: str, table: Words) -> Iterator[Problem]:
    """Fill a table from a file's nodes, and yield what is wrong."""
    if not isinstance(root, Mapping):
        yield Problem(
            name, root.line, root.column, "L010", "holds no words",
            "write one word a line: `psoas: SO-as`",
        )  # fmt: skip
        return
    for key, (key_node, value) in root.pairs.items():
        if not isinstance(value, Mapping):
            yield from _word(key, value, name, table.setdefault("", {}))
            continue
        if key != _WRAPPED and not TAG.fullmatch(key):
            yield Problem(
                name, key_node.line, key_node.column, "L029", f"“{key}” is not a language tag",
                "words stand below a language, such as `en:`, or by themselves: `psoas: SO-as`",
            )  # fmt: skip
            continue
        words = table.setdefault("" if key == _WRAPPED else key.lower(), {})
        for word, (_, spoken) in value.pairs.items():
            yield from _word(word, spoken, name, words)


def _word(word: str, value: Node, name: str, words: dict[str, str]) -> Iterator[Problem]:
    try:
        words[word] = checked_pronunciation(value.value if isinstance(value, Scalar) else None)
    except PydanticCustomError as error:
        told = error.context or {}
        yield Problem(
            name, value.line, value.column, error.type, f"{word}: {told['message']}", told["hint"]
        )


def _same(words: dict[str, str], word: str) -> str:
    """Return the key of a word that stands there already, whatever its case."""
    folded = word.casefold()
    return next((each for each in words if each.casefold() == folded), word)
