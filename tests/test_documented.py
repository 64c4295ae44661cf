"""What people are told is there, and what is there is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from serguide.cli.group import COMMANDS, cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name):
    assert f"`serguide {name}" in README or f"\nserguide {name}" in README
    command = cli.get_command(None, name)
    assert command.help
    assert "Example: serguide " in (command.epilog or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_word_of_help(name):
    command = cli.get_command(None, name)
    silent = [
        option.name
        for option in getattr(command, "params", [])
        if option.param_type_name == "option" and not getattr(option, "help", None)
    ]
    assert silent == []


def test_every_language_code_is_documented():
    told = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    used = set()
    for path in (ROOT / "serguide").rglob("*.py"):
        used |= set(re.findall(r'"(L\d{3})"', path.read_text(encoding="utf-8")))
    assert used
    assert used - set(re.findall(r"\bL\d{3}\b", told)) == set()


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", *sorted(
    str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md")
)])  # fmt: skip
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


OTHERS = {"adding.md", "bundle.md", "writing-scripts.md"}
"""Pages that tell of a reader's own files."""


@pytest.mark.parametrize("page", sorted({p.name for p in (ROOT / "docs").glob("*.md")} - OTHERS))
def test_paths_in_backticks_are_there(page):
    """A path is the project's, or the package's without `serguide/` before it."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    tops = {path.name for folder in (ROOT, ROOT / "serguide") for path in folder.iterdir()}
    named = set(re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", text))
    ours = {path for path in named if path.partition("/")[0] in tops}
    missing = [p for p in ours if not (ROOT / p).exists() and not (ROOT / "serguide" / p).exists()]
    assert missing == []


def test_every_library_is_told_with_its_reason():
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").lower()
    table = told.partition("## libraries, and why each")[2].partition("\n## ")[0]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.match(r"[\w.-]+", each)[0].lower() for each in project["dependencies"]}
    assert {name for name in names if name not in table} == set()
