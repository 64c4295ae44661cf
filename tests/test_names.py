"""One name for one thing: classes, files, docstrings, and the words of docs/glossary.md."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import serguide

PACKAGE = Path(serguide.__file__).parent
ROOT = PACKAGE.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
MODULES = [
    p for p in sorted(PACKAGE.rglob("*.py")) if "library" not in p.relative_to(PACKAGE).parts
]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}

SHARED_STEMS = {"__init__", "__main__", "base", "model"}
"""File names that say what part a module plays in its package: each may have one."""

GUESSES = re.compile(
    r"(?i)(what|how|where|when|who|whom|whose|which|whether|why|everything|all that|one of)\b"
)
"""Openings of docstrings that hint at a thing instead of naming it."""

RIDDLES = re.compile(r"\b(becomes?|come to|comes to|of a moment|says about itself)\b")


def shown(path):
    return str(path.relative_to(PACKAGE))


def docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield getattr(node, "name", "module"), text


def opening_of(text):
    """Return a docstring's first paragraph as one line."""
    return " ".join(text.partition("\n\n")[0].split())


def rows(heading):
    """Return the rows of the glossary's table below a heading."""
    section = GLOSSARY.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [re.split(r"(?<!\\)\|", line.strip("|")) for line in lines[2:]]
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in cells]


def test_no_public_class_name_twice():
    places = defaultdict(list)
    for path, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(shown(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_file_stem_twice():
    places = defaultdict(list)
    for path in MODULES:
        if path.stem not in SHARED_STEMS:
            places[path.stem].append(shown(path))
    assert {stem: found for stem, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_says_what_it_does(path):
    text = ast.get_docstring(TREES[path])
    assert text, "no docstring"
    opening = opening_of(text)
    assert not GUESSES.match(opening), opening
    assert not RIDDLES.search(opening), opening
    assert len(opening.split()) >= 3, opening
    assert text.splitlines()[0].endswith((".", ":")), "the first line is not a sentence of its own"


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_classes_and_functions_say_what_they_do(path):
    guesses = [
        (name, opening_of(text))
        for name, text in docstrings(TREES[path])
        if GUESSES.match(opening_of(text))
    ]
    assert guesses == []


def test_files_that_docstrings_name_are_there():
    names = {path.name for path in ROOT.glob("*/**/*.py") if ".venv" not in path.parts}
    for path, tree in TREES.items():
        for _, text in docstrings(tree):
            for name in re.findall(r"\b(\w+\.py)\b", text):
                assert name in names or name.isupper() or name == "NAME.py", (
                    f"{shown(path)}: {name}"
                )


def test_the_glossary_defines_each_term_once():
    terms = [term for row in rows("Terms") for term in re.findall(r"\*\*(.+?)\*\*", row[0])]
    assert len(terms) > 40
    assert len(terms) == len(set(terms))


def test_what_the_glossary_names_in_code_is_there():
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    for row in rows("Terms"):
        for name in re.findall(r"`(\w+)`", row[2]):
            assert re.search(rf"\b{name}\b", source), f"{row[0]}: {name}"


def retired():
    """Yield (pattern, files in which the word means something else) of retired words."""
    for word, _, _, exempt in rows("Retired words"):
        yield re.compile(rf"(?i)\b(?:{word.strip('`')})\b"), set(re.findall(r"`([\w/.]+)`", exempt))


@pytest.mark.parametrize(("pattern", "exempt"), list(retired()), ids=lambda value: str(value)[:40])
def test_retired_words_stay_away(pattern, exempt):
    found = []
    for path, tree in TREES.items():
        if shown(path) in exempt:
            continue
        found += [(shown(path), name) for name, text in docstrings(tree) if pattern.search(text)]
        for node in ast.walk(tree):
            identifier = getattr(node, "name", None) or getattr(node, "arg", None)
            identifier = identifier or getattr(node, "id", None)
            if isinstance(identifier, str) and pattern.search(identifier.replace("_", " ")):
                found.append((shown(path), identifier))
    assert found == []


@pytest.mark.parametrize(
    ("docstring", "sound"),
    [
        ("What a script comes to.", False),
        ("How long sentences take.", False),
        ("One of many.", False),
        ("A YAML file becomes a source.", False),
        ("Resolved script: flat items.", True),
        ("Whole sessions as one file.", True),
    ],
)
def test_the_rule_for_docstrings_tells_them_apart(docstring, sound):
    assert (not (GUESSES.match(docstring) or RIDDLES.search(docstring))) == sound
