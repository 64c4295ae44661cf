"""The library names no flag: it says what helps as data, and the command line words it."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path
from typing import get_args

import pytest

import serguide
from serguide.base.errors import Problem, ScriptError, VoiceError
from serguide.base.hints import Hint, Remedy, RemedyKind, remedies_of
from serguide.cli.group import COMMANDS, cli
from serguide.cli.remedies import WORDS, advised, shown

ROOT = Path(serguide.__file__).parent
FLAG = re.compile(rf"(?<![\w-])--[a-z]|(?<![\w-])-o\b|serguide (?:{'|'.join(COMMANDS)})\b")
OTHERS = re.compile(r"`[^`]*\bpip install[^`]*`")
"""Flags of other programs."""
COMMANDS_WRITTEN = "studio/launcher.py"
"""Writes no message but the command that a double click runs."""


def said(tree):
    """Yield the strings of a module that are not documentation."""
    documents = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (each.value for each in node.values if isinstance(each, ast.Constant))
            yield "…".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and id(node) not in documents:
            yield node.value if isinstance(node.value, str) else ""


def test_no_message_of_the_library_names_a_flag_or_command():
    found = [
        (str(path.relative_to(ROOT)), text)
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).parts[0] not in ("cli", "__main__.py", "library")
        for text in said(ast.parse(path.read_text(encoding="utf-8")))
        if FLAG.search(OTHERS.sub("", text)) and "-m pip install" not in text
        if path != ROOT / COMMANDS_WRITTEN
    ]
    assert found == []


def test_every_remedy_has_its_words_and_they_can_be_typed():
    assert WORDS.keys() == set(get_args(RemedyKind))
    flags = {
        option
        for name in COMMANDS
        for each in cli.get_command(None, name).params
        for option in each.opts
    }
    for words, _ in WORDS.values():
        first, *rest = words.split()
        if first == "serguide":
            assert rest[0] in COMMANDS
            assert all(each in flags for each in rest if each.startswith("-"))
        else:
            assert first in flags


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("look again", "look again"),
        (Hint("Use an offline voice.", Remedy("voice", "espeak")),
         "Use an offline voice (`--voice espeak`)."),
        (Hint("name another folder", Remedy("target")), "name another folder (`-o DIR`)"),
        (Hint("Make it shorter.", Remedy("length"), Remedy("format", "mp3")),
         "Make it shorter (`--length 20m`, `--format mp3`)."),
    ],
)  # fmt: skip
def test_what_helps_stands_behind_the_hint(hint, expected):
    assert advised(hint) == expected


def test_errors_say_it_neutrally_and_the_command_line_adds_its_words():
    hint = Hint("Use an offline voice.", Remedy("voice", "espeak"))
    error = pickle.loads(pickle.dumps(VoiceError("It failed.", hint)))
    assert str(error) == "It failed.\n    Use an offline voice."
    assert remedies_of(error.hint) == (Remedy("voice", "espeak"),)
    assert shown(error) == "It failed.\n    Use an offline voice (`--voice espeak`)."
    problem = Problem("a.yaml", 1, 2, "L027", "no voice", hint)
    several = pickle.loads(pickle.dumps(ScriptError([problem])))
    assert shown(several).endswith("no voice\n    Use an offline voice (`--voice espeak`).")
    assert "--voice" not in str(several)
