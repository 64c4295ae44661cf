"""What people are told is there, and what is there is told."""

from __future__ import annotations

import re
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
