"""Each recipe of docs/adding.md, followed step by step in a copy of the project."""

from __future__ import annotations

import pytest
from recipes import ROOT, Copy, line_of, recipes

RECIPES = recipes()


def test_there_is_a_recipe_for_each_kind():
    assert list(RECIPES) == [
        "a voice", "a rule", "a sound for soundscapes", "a sound format", "a language", "a command",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", RECIPES)
def test_each_step_has_its_place(kind):
    """Quick: the long way is below."""
    steps = RECIPES[kind]
    commands = "".join(step.block for step in steps if step.way == "run")
    assert "pytest" in commands
    for step in steps:
        path = ROOT / step.path
        if step.way == "Write":
            assert path.parent.is_dir()
            assert not path.exists()
        elif step.way != "run" and step.path not in commands:  # a command may make it
            assert path.exists()
        if step.anchor and path.exists():
            line_of(step.anchor, path.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", RECIPES)
def test_followed_to_its_end_it_passes(kind, tmp_path):
    copy = Copy(tmp_path)
    for step in RECIPES[kind]:
        copy.follow(step)
    copy.style()
